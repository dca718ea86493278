using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmSync.Worker.Storage;

/// <summary>Where backups lie, and which of them are the oldest. Names sort by time.</summary>
internal static partial class BackupFolder
{
    public const string Name = "backups";

    /// <summary>The file of a backup made at an instant.</summary>
    public static string FileAt(string folder, DateTimeOffset at) => Path.Combine(folder, $"crmsync-{Stamp(at)}.db");

    /// <summary>The file of the one made before a schema is left.</summary>
    public static string FileOfSchema(string dataDirectory, long version) =>
        Path.Combine(dataDirectory, Name, string.Create(CultureInfo.InvariantCulture, $"before-leaving-schema-{version}.db"));

    /// <summary>20260105T070000123Z</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Deletes all but the newest; what bears another name, or may not be deleted, is left alone. Answers what was deleted. A folder is
    /// one store's: the backups of two in one would count as one's.
    /// </summary>
    public static IReadOnlyList<string> Rotate(string folder, int keep)
    {
        var old = Directory.EnumerateFiles(folder).Where(f => Ours().IsMatch(Path.GetFileName(f))).OrderDescending(StringComparer.Ordinal).Skip(keep).ToList();
        old.RemoveAll(file => !TryDelete(file));
        return old;
    }

    private static bool TryDelete(string file)
    {
        try
        {
            File.Delete(file);
            return true;
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^crmsync-\d{8}T\d{9}Z\.db$")]
    private static partial Regex Ours();
}
