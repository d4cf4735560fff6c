extension Range<Int> {
    /// The same so many further on.
    func moved(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
