public import Postgres

/// Why a change of the stock did not happen.
public enum StockError: DomainError {
    /// There is no warehouse of this code.
    case unknownWarehouse(WarehouseCode)
    /// The warehouse has no location of this code.
    case unknownLocation(WarehouseCode, LocationCode)
    /// The warehouse has no zone of this code.
    case unknownZone(WarehouseCode, ZoneCode)
    /// The location is closed: nothing is put there.
    case closedLocation(WarehouseCode, LocationCode)
    /// The zone is closed: no location comes into it.
    case closedZone(WarehouseCode, ZoneCode)
    /// Something is left of so many lots at the location: it is not closed.
    case locationInUse(WarehouseCode, LocationCode, lots: Int64)
    /// So many locations of the zone are open: it is not closed.
    case zoneInUse(WarehouseCode, ZoneCode, locations: Int64)
    /// There are no SKUs of these codes.
    case unknownSKUs([SKUCode])
    /// There are no owners of these codes.
    case unknownOwners([OwnerCode])
    /// These SKUs are sets, which have no stock of their own: their components are received.
    case sets([SKUCode])
    /// More than one of the above.
    case several([StockError])
    /// These lines' goods have expired before they arrived; it is this day at the base.
    case expired([ExpiredLine], today: CalendarDate)
    /// More came than a pool can count: with the lines of these numbers, from 1 on; none where it was no delivery's line.
    case tooMuch(lines: [Int])
    /// Something of this code is there already.
    case codeTaken
    /// Another delivery was received under this reference.
    case otherDeliveryUnderReference
    /// Why a delivery stays as it is.
    case inboundStays(InboundRefusal)
    /// Why a loading stays as it is.
    case loadingStays(LoadingRefusal)
    /// Why a transfer stays as it is.
    case transferStays(TransferRefusal)
    /// Why a count stays as it is.
    case countStays(StockCountRefusal)
    /// Why goods that are there were not moved.
    case notAdjusted(AdjustmentRefusal)
    /// The database failed.
    case database(PostgresError)
}
