/// A value that the domain does not admit: which rule it breaks, without the value itself, which may hold anything.
///
/// It is a fact, not a sentence: whoever speaks with people words it in their language, by an exhaustive switch.
public indirect enum InvalidValue: Error, Hashable, Sendable {
    /// A code has 1 to 64 printable ASCII characters.
    case code
    /// A name has 1 to 200 characters.
    case name
    /// A delivery's reference has 1 to 128 characters.
    case reference
    /// A note has 1 to 200 characters.
    case note
    /// Who acts, and from where, have 1 to 128 characters each.
    case principal

    // MARK: Quantities and money

    /// What should be a number is none, or has more than so many decimals.
    case number(decimals: Int)
    /// The number is larger than can be counted.
    case numberTooLarge
    /// A quantity is from 0 to 10^15.
    case quantity
    /// A quantity is not below zero.
    case negativeQuantity
    /// A word that is no unit stands behind the number.
    case unknownUnit
    /// The goods are weighed, and the number has no unit.
    case missingUnit
    /// The goods are counted in this unit, and the quantity is given in the other.
    case otherUnit(BaseUnit)
    /// The quantity is no whole number of this unit.
    case fraction(of: BaseUnit)
    /// A price is from 0 to 10^12 fen.
    case fen
    /// A price is for 1 to 10^9 base units.
    case pricedQuantity
    /// A price is yuan for a quantity.
    case price
    /// The goods are weighed, and the price does not say for how much it is.
    case priceOfWeight
    /// The exact amount leaves what can be counted.
    case amountTooLarge
    /// The sum of the amounts leaves what can be counted.
    case sumTooLarge

    // MARK: Documents

    /// A delivery has lines, and not more than so many.
    case deliveryLines(atMost: Int)
    /// Nothing came of this line.
    case emptyDeliveryLine(Int)
    /// What this line brings expires before it was harvested.
    case expiresBeforeHarvest(line: Int)
    /// What is rejected has a reason, and nothing else has.
    case rejection
    /// A correction is of more than nothing.
    case emptyAdjustment
    /// A correction of the quality changes it.
    case sameQuality
    /// A transfer has lines, and not more than so many.
    case transferLines(atMost: Int)
    /// A transfer's line asks for more than nothing.
    case emptyTransferLine(Int)
    /// A transfer is from one warehouse to another.
    case sameWarehouse
    /// What is picked is more than nothing.
    case emptyPick
    /// Something arrives, or is told to be lost.
    case emptyArrival
    /// What is damaged or lost says why and who answers for it, and nothing else does.
    case unnamedLoss
    /// What arrives stands somewhere, and what is lost does not.
    case arrivalPlace
    /// Goods that were damaged when they left are not damaged again.
    case damagedTwice
    /// An order has lines, and not more than so many.
    case orderLines(atMost: Int)
    /// This line asks for nothing.
    case emptyOrderLine(Int)
    /// A hold is from 1 second to a day.
    case holdTime
    /// An order that was sold and paid elsewhere holds nothing: it claims for good.
    case holdOfPaidOrder
    /// An order is not to leave before a time after which it is late.
    case shippingTimes
    /// A line is named twice.
    case repeatedLine(Int)

    /// A carrier's name has 1 to 64 characters.
    case carrier
    /// A tracking number has 4 to 64 letters, digits and hyphens.
    case trackingNumber

    // MARK: Tokens, keys, recipients

    /// A cooperative's token has an owner, and no other has.
    case tokenOwner
    /// A source's token has a source, and no other has.
    case tokenSource
    /// A token lives for 1 to so many days.
    case tokenDays(atMost: Int32)
    /// A token ends after days or with a day.
    case tokenExpiry
    /// A line is no key.
    case recipientKey
    /// A key's id is there twice.
    case repeatedRecipientKey
    /// There is no key at all.
    case noRecipientKey
    /// A field of a recipient breaks its rule.
    case recipient(RecipientField)

    // MARK: Sheets

    /// A cell names no unit.
    case unitWord
    /// A sale's kind is 销售 or 退货.
    case saleKind
    /// A sale is above zero, a return below.
    case saleSign
    /// A yes or no is 是 or 否.
    case yesOrNo
    /// A day is written 2023-06-16.
    case day
    /// A time of day is written 09:15:24.075.
    case timeOfDay
    /// A line of a mapping says neither a column nor a unit.
    case mapping
    /// A state of a mapping means neither ship nor skip.
    case mappedStatus
    /// A mapping names this word twice.
    case repeatedWord(String)
    /// The platform's word for an order's state is not known.
    case statusWord
    /// An amount is yuan.
    case yuan
    /// An order's line is of more than nothing.
    case zeroQuantity
    /// A mapping's text has at most so many bytes.
    case mappingSize(atMost: Int)
    /// A unit of a mapping means neither piece nor gram.
    case mappedUnit
    /// A mapping names this unit twice.
    case repeatedUnit(String)

    /// What is wrong stands in this line of a text.
    case inLine(Int, InvalidValue)
}

/// A field of a recipient, each with a rule of its own.
public enum RecipientField: String, CaseIterable, Hashable, Sendable {
    case name, phone, region, address
}
