public import Postgres

/// Why goods did not go on their way to the buyer.
public enum FulfilmentError: DomainError {
    /// A number of a wave's terms.
    public enum Bound: String, CaseIterable, Sendable {
        case mostOrders = "most_orders"
        case slots
        case mostGrams = "most_grams"
        case scans
        case minimumLife = "minimum_life_days"
        case unitGrams = "unit_grams"
        case mostPerParcel = "most_per_parcel"
    }

    /// A number is below 1 or above the most that there may be.
    case outOfRange(Bound, atMost: Int64)
    /// A wave was to leave on a day that is over.
    case dayIsOver(CalendarDate, today: CalendarDate)
    /// There is no warehouse of this code.
    case unknownWarehouse(WarehouseCode)
    /// The warehouse has no location of this code.
    case unknownLocation(WarehouseCode, LocationCode)
    /// The location is closed: nothing is put there.
    case closedLocation(WarehouseCode, LocationCode)
    /// The warehouse has no packing location, or several, and none was named.
    case packingLocations(WarehouseCode, count: Int)
    /// The location is not for packing.
    case notForPacking(LocationCode)
    /// Goods are put back to a location for storage.
    case notForStorage(LocationCode)
    /// There is no such SKU.
    case unknownSKU(SKUCode)
    /// Why a wave stays as it is.
    case waveStays(WaveRefusal)
    /// Why a parcel stays as it is.
    case parcelStays(ParcelRefusal)
    /// Why nothing was picked.
    case notPicked(PickRefusal)
    /// The manifest is another carrier's; nil for the base's own cars.
    case otherCarrier(ManifestCode, is: Carrier?)
    /// There is no such manifest.
    case unknownManifest
    /// The database failed.
    case database(PostgresError)
}
