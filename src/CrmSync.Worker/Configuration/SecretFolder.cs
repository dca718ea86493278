using CrmSync.Worker.Storage;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>
/// A folder of secrets, one file a setting, named as in the environment (<c>Connections__main__Token</c>, with or without
/// <c>CRMSYNC__</c> before it). Files without <c>__</c> in their names are left alone: a setting such as <c>TokenFile</c> points at them.
/// </summary>
internal sealed class SecretFolder(string directory) : ConfigurationProvider, IConfigurationSource
{
    public const string Prefix = "CRMSYNC__";
    private readonly Dictionary<string, string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SettingProblem> _problems = [];

    /// <summary>Files that cannot be read.</summary>
    public IReadOnlyList<SettingProblem> Problems => _problems;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>The file that a setting comes from.</summary>
    public string FileOf(string setting) => _files[setting];

    public override void Load()
    {
        if (!Directory.Exists(directory))
            return;
        // Kubernetes keeps the files' own directory beside them under a name with dots.
        foreach (var file in Directory.EnumerateFiles(directory).Where(IsSetting).Order(StringComparer.Ordinal))
            Read(file);
    }

    private static bool IsSetting(string file) => Path.GetFileName(file) is var name && name[0] != '.' && name.Contains("__", StringComparison.Ordinal);

    private void Read(string file)
    {
        var name = Path.GetFileName(file);
        var setting = (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name).Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
        try
        {
            Data[setting] = File.ReadAllText(file).Trim();
            _files[setting] = file;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _problems.Add(new(setting, $"The file at {file} cannot be read.", $"Let the user that runs crmsync read it: chown {ProcessUser.Id} on the file, or chmod 444."));
        }
    }
}
