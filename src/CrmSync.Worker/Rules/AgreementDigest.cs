using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Worker.Rules;

/// <summary>
/// The fingerprint of what a rule file says: of its tree of keys, lists and texts in file order, without <c>signed</c> and
/// without who is away. Two files that differ in comments, quotes, line breaks or style alone have the same.
/// </summary>
internal static class AgreementDigest
{
    /// <summary>Lower-hex SHA-256.</summary>
    internal static string Of(YamlMap file)
    {
        var canonical = new StringBuilder();
        Write(canonical, file with { Entries = [.. file.Entries.Where(entry => entry.Key.Value != "signed").Select(Agreed)] });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }

    // Nobody signs anew because a colleague goes on holiday.
    private static (YamlText Key, YamlNode Value) Agreed((YamlText Key, YamlNode Value) entry) =>
        entry is { Key.Value: "assign", Value: YamlMap assign }
            ? (entry.Key, assign with { Entries = [.. assign.Entries.Where(part => part.Key.Value != "absent")] })
            : entry;

    // A text carries its length, so that no text can pass for structure.
    private static void Write(StringBuilder canonical, YamlNode node)
    {
        switch (node)
        {
            case YamlText text:
                canonical.Append(CultureInfo.InvariantCulture, $"{text.Value.Length}:").Append(text.Value);
                break;
            case YamlList list:
                canonical.Append('[');
                foreach (var item in list.Items)
                    Write(canonical, item);
                canonical.Append(']');
                break;
            case YamlMap map:
                canonical.Append('{');
                foreach (var (key, value) in map.Entries)
                {
                    Write(canonical, key);
                    Write(canonical, value);
                }
                canonical.Append('}');
                break;
        }
    }
}
