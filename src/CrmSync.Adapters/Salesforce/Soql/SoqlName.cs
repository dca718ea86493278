using System.Text.RegularExpressions;

namespace CrmSync.Adapters.Salesforce.Soql;

/// <summary>Names of objects and fields. They cannot be quoted, so nothing but a name may ever stand where one is.</summary>
internal static partial class SoqlName
{
    public static bool IsValid(string name) => name.Length <= 255 && Name().IsMatch(name);

    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Checked(string name) =>
        IsValid(name) ? name : throw new ArgumentException("It is no name of an object or field.", nameof(name));

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*\z")]
    private static partial Regex Name();
}
