using System.Text;
using System.Text.RegularExpressions;

namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>Strings of a query, in which a backslash still stands before a wildcard that is meant as a letter and before another backslash.</summary>
internal static class SoqlText
{
    /// <summary>The string that was meant, for comparisons.</summary>
    public static string Plain(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder();
        for (var place = 0; place < text.Length; place++)
        {
            plain.Append(text[place] == '\\' ? text[++place] : text[place]);
        }

        return plain.ToString();
    }

    /// <summary>The pattern of a LIKE: % is any text, _ any letter, case does not matter.</summary>
    public static Regex Pattern(string text)
    {
        var pattern = new StringBuilder("^");
        for (var place = 0; place < text.Length; place++)
        {
            pattern.Append(text[place] switch
            {
                '\\' => Regex.Escape(text[++place].ToString()),
                '%' => ".*",
                '_' => ".",
                var letter => Regex.Escape(letter.ToString()),
            });
        }

        return new Regex(pattern.Append("\\z").ToString(), RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }
}
