internal import ArgumentParser

/// The root of all commands.
struct Yuncang: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "yuncang",
            abstract: Text(
                en: "The inventory of a livestream e-commerce base: one warehouse, many streams, never oversold.",
                zh: "云仓：电商直播基地的库存后台。一个仓库，多个直播间，绝不超卖。"
            ).current,
            version: Version.current,
            subcommands: [
                ServeCommand.self,
                OwnerCommands.self,
                WarehouseCommands.self,
                ZoneCommands.self,
                LocationCommands.self,
                ProductCommands.self,
                InboundCommands.self,
                LoadingCommands.self,
                StockCommands.self,
                TransferCommands.self,
                CountCommands.self,
                OrderCommands.self,
                SourcingCommands.self,
                WaveCommands.self,
                ParcelCommands.self,
                ManifestCommands.self,
                TodayCommand.self,
                ShipmentCommands.self,
                MappingCommands.self,
                RecipientCommands.self,
                ReplayCommand.self,
                VerifyCommand.self,
                RepairCommand.self,
                TokenCommands.self,
                SignInCommands.self,
                OverlayCommands.self,
                DemoCommands.self,
                MigrateCommand.self,
                BaseCommands.self,
                MaintainCommand.self,
                DoctorCommand.self,
                VersionCommand.self,
                CompletionsCommand.self,
            ])
    }

    @OptionGroup(title: GlobalOptions.title)
    var global: GlobalOptions
}
