using System.CommandLine;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>The options that every command takes.</summary>
internal static class CommonOptions
{
    public static Option<string?> Data { get; } = new("--data") { Description = "The data directory.", HelpName = "DIR", Recursive = true };
    public static Option<string?> Config { get; } = new("--config") { Description = "The settings file, instead of appsettings.json.", HelpName = "FILE", Recursive = true };
    public static Option<string[]> Set { get; } = new("--set") { Description = "A setting that goes before all others, such as Admin:Port=9081; may be repeated.", HelpName = "NAME=VALUE", Recursive = true };
    public static Option<bool> Json { get; } = new("--json") { Description = "One JSON document on standard output, for scripts.", Recursive = true };

    public static bool IsJson(this ParseResult parsed) => parsed.GetValue(Json);
}
