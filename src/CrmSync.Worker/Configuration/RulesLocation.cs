using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace CrmSync.Worker.Configuration;

/// <summary>
/// Which rule file is in force, for whoever asks. A relative <c>Rules</c> counts from the folder of the file that <c>--config</c>
/// names, where it stands in that file, and else from the working folder. The usual name, set or not, is looked for there first, then
/// in the data directory, in the working folder, and beside the program. Any other name is that file and no other: another one in
/// its place would judge by rules that nobody asked for.
/// </summary>
internal static class RulesLocation
{
    private const string Setting = nameof(RootOptions.Rules);
    private static readonly RootOptions Usual = new();

    /// <summary>The rules that come with the program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, Usual.Rules);

    /// <summary>The file's full path, be it there or not.</summary>
    public static string Of(IConfiguration configuration)
    {
        var name = Given(configuration, Setting) ?? Usual.Rules;
        var first = Path.GetFullPath(name, FolderOf(configuration));
        // A folder of that name, which Docker makes of a mount whose source is missing, is told and not passed by.
        if (name != Usual.Rules || Path.Exists(first))
            return first;
        var data = Path.GetFullPath(Given(configuration, nameof(RootOptions.DataDirectory)) ?? Usual.DataDirectory);
        string[] places = [Path.Combine(data, name), Path.GetFullPath(name), Shipped];
        return places.FirstOrDefault(Path.Exists) ?? first;
    }

    /// <summary>From where a relative name counts.</summary>
    private static string FolderOf(IConfiguration configuration)
    {
        // The one beside the program need not be there: that tells it from one that was named.
        var providers = (configuration as IConfigurationRoot)?.Providers.ToList() ?? [];
        var named = providers.OfType<JsonConfigurationProvider>().FirstOrDefault(json => !json.Source.Optional);
        var giver = providers.FindLast(provider => provider.TryGet(Setting, out var text) && !string.IsNullOrEmpty(text));
        return named?.Source is { Path: { } path, FileProvider: { } files } && (giver is null || giver == named) && files.GetFileInfo(path).PhysicalPath is { } file
            ? Path.GetDirectoryName(file)!
            : Environment.CurrentDirectory;
    }

    private static string? Given(IConfiguration configuration, string setting) => configuration[setting] is { Length: > 0 } text ? text : null;
}
