using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>The option that a person would click: spelling, case and the word "reject" before a reason do not matter.</summary>
internal static class AnswerOptions
{
    /// <summary>What an act asks the answer field to say.</summary>
    public static string Wanted(ActRequest act) =>
        act.Act == "reject" ? "reject" + (act.Reason ?? throw new SandboxRequestException("reject needs a reason.")) : act.Act;

    /// <summary>The value of the option meant.</summary>
    /// <exception cref="SandboxRequestException">The field has no such option.</exception>
    public static string Find(string field, IReadOnlyList<(string Value, string Label)> options, string wanted)
    {
        var sought = Plain(wanted);
        return options.Where(option => Plain(option.Value) == sought)
            .Concat(options.Where(option => Plain(option.Label) == sought))
            .Concat(options.Where(option => Plain(option.Value).StartsWith(sought, StringComparison.Ordinal)))
            .Select(option => option.Value)
            .FirstOrDefault()
            ?? throw new SandboxRequestException($"{field} has no option for '{wanted}'. It has: {string.Join(", ", options.Select(option => option.Value))}.");
    }

    private static string Plain(string text)
    {
        var plain = new string([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
        while (plain.StartsWith("reject", StringComparison.Ordinal))
        {
            plain = plain["reject".Length..];
        }

        return plain;
    }
}
