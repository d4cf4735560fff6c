public import ArgumentParser
public import CloudWarehouse

// Words of the domain that options choose among; their raw values are what is typed.

extension BaseUnit: ExpressibleByArgument {}
extension Owner.Kind: ExpressibleByArgument {}
extension StorageClass: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}
