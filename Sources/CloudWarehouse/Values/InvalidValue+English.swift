extension InvalidValue: CustomStringConvertible {
    /// What is wrong and what would be right, in English: for logs and for the problems of the API.
    public var description: String {
        switch self {
        case .code: "a code has 1 to 64 printable ASCII characters without spaces"
        case .name: "a name has 1 to 200 characters and no control characters"
        case .reference: "a reference has 1 to 128 characters and no control characters"
        case .note: "a note has 1 to 200 characters and no control characters"
        case .principal: "a name and an origin have 1 to 128 characters and no control characters"

        case .number(let decimals): "a number has digits, and at most \(decimals) of them after a decimal point"
        case .numberTooLarge: "the number is too large"
        case .quantity: "a quantity is a whole number of base units from 0 to 10^15"
        case .negativeQuantity: "a quantity is not below zero"
        case .unknownUnit:
            "a quantity is a number and a unit: 件, 个, 份, 盒, 袋, 包, 只, 朵 or pcs by the piece, "
                + "克 or g, 两, 斤 or jin, 公斤, 千克 or kg by weight"
        case .missingUnit: "the goods are weighed: say the unit too, such as 500g, 25斤 or 2.5kg"
        case .otherUnit(.gram): "the goods are weighed: give a weight, such as 500g, 25斤 or 2.5kg"
        case .otherUnit(.piece): "the goods are counted by the piece: give a number, such as 2 or 2件"
        case .fraction(of: .gram): "a weight is a whole number of grams"
        case .fraction(of: .piece): "pieces are not divided"
        case .fen: "a price is from 0 to 10^12 fen"
        case .pricedQuantity: "a price is for a quantity from 1 to 10^9 base units"
        case .price: "a price is yuan with at most 2 decimals, for a quantity: 39.9/500g, 39.9/斤, 12.5/件"
        case .priceOfWeight: "the goods are weighed: say for how much, such as 39.9/500g or 39.9/斤"
        case .amountTooLarge: "the amount of this quantity is too large"
        case .sumTooLarge: "the sum of the amounts is too large"

        case .deliveryLines(let maximum): "a delivery has 1 to \(maximum) lines"
        case .emptyDeliveryLine(let line): "line \(line): nothing came"
        case .rejection: "what is rejected has a reason, and nothing else has"
        case .expiresBeforeHarvest(let line): "line \(line): it expires before it was harvested"
        case .emptyAdjustment: "a correction is of more than nothing"
        case .sameQuality: "the goods are of that quality already: say which they are of now"
        case .transferLines(let maximum): "a transfer has 1 to \(maximum) lines"
        case .emptyTransferLine(let line): "line \(line): a transfer's line asks for more than 0"
        case .sameWarehouse: "a transfer is from one warehouse to another"
        case .emptyPick: "what is picked is more than 0"
        case .emptyArrival: "say how much is received, damaged or lost: more than 0"
        case .unnamedLoss: "what is damaged or lost has a reason and somebody who answers for it, and nothing else has"
        case .arrivalPlace: "what is received or damaged stands at a location, and what is lost stands nowhere"
        case .damagedTwice: "goods that were damaged when they left are received as they are, or lost"
        case .orderLines(let maximum): "an order has 1 to \(maximum) lines"
        case .emptyOrderLine(let line): "line \(line): the quantity is 0"
        case .holdTime: "an order holds stock for 1 to 86,400 seconds"
        case .holdOfPaidOrder: "an order that was sold elsewhere is paid: leave the time of a hold out"
        case .shippingTimes: "the time before which an order must not leave is not after the time by which it has to"
        case .repeatedLine(let line): "line \(line) is named twice"

        case .carrier: "a carrier has 1 to 64 characters and no control characters"
        case .trackingNumber: "a tracking number has 4 to 64 letters, digits and hyphens"

        case .tokenOwner: "a token of role cooperative has an owner, and no other has"
        case .tokenSource: "a token of role source has a source, and no other has"
        case .tokenDays(let maximum): "a token lives for 1 to \(maximum) days"
        case .tokenExpiry: "a token ends after days, such as 30d, or with a day, such as 2026-12-31"
        case .recipientKey: "a key is written key_id:base64, with 32 bytes as base64"
        case .repeatedRecipientKey: "the key_id stands there twice"
        case .noRecipientKey: "there is no key: a key is written key_id:base64, one a line"
        case .recipient(let field): "a recipient's \(field.rawValue) has \(field.rule)"

        case .unitWord: "a unit is one of 件, 份, 盒, 袋, 包, 个, 朵 (by the piece) or 克, 千克, 公斤, 斤 (by the gram)"
        case .saleKind: "a kind is 销售 or 退货"
        case .saleSign: "the quantity of a sale is above zero, that of a return below"
        case .yesOrNo: "yes is written 是, and no 否"
        case .day: "a day is written 2023-06-16"
        case .timeOfDay: "a time is written 09:15:24.075"
        case .mapping: "write column = heading, or unit:word = piece"
        case .mappedStatus: "a state means ship or skip: status:待发货 = ship"
        case .repeatedWord(let word): "\(word) is named twice"
        case .statusWord:
            "the state is not known: say in the mapping whether such orders are to be shipped: status:WORD = ship, or = skip"
        case .yuan: "an amount is yuan with at most 2 decimals, such as 39.90"
        case .zeroQuantity: "a quantity is more than 0"
        case .mappingSize(let maximum): "a mapping has at most \(maximum) bytes"
        case .mappedUnit: "a unit means piece or gram: unit:筐 = piece"
        case .repeatedUnit(let word): "the unit \(word) is named twice"

        case .inLine(let line, let reason): "line \(line): \(reason)"
        }
    }
}

extension RecipientField {
    /// What the field has, in English.
    public var rule: String {
        switch self {
        case .name: "1 to 64 characters and no control characters"
        case .phone: "5 to 20 characters: digits, at least 5 of them, + and -"
        case .region: "1 to 100 characters and no control characters"
        case .address: "1 to 200 characters and no control characters"
        }
    }
}
