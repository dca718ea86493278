using CrmSync.Leads.Aliases;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.Samples;

namespace CrmSync.Worker.Commands.Init;

/// <summary>Reads names with commas between them, each under any name that a table of aliases has for it.</summary>
internal static class NameList
{
    internal static Taken Read(string text, AliasTable known, string what, Func<IReadOnlyList<AliasEntry>, FirstAnswers> take)
    {
        var names = text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0)
            return new(null, $"At least one {what} is needed.", "Write its name.");
        foreach (var name in names)
            if (known.Find(name) is null)
                return new(null, $"No {what} is known by the name '{Short(name)}'.", Repair(name, known));
        return new(take([.. names.Select(name => known.Find(name)!).Distinct()]));
    }

    /// <summary>As much of an answer as a message can carry.</summary>
    internal static string Short(string text) => text.Length <= 40 ? text : $"{text.AsSpan(0, 40)}...";

    private static string Repair(string name, AliasTable known)
    {
        // More names than a message would list: so the answer is a likeness, or nothing.
        var likeness = Spelling.Suggest(name, [.. known.Entries.SelectMany(entry => entry.Names)]);
        return likeness.Length > 0
            ? likeness
            : $"Known are {string.Join(", ", known.Entries.Select(entry => entry.Key))}. Others can be added to the file afterwards.";
    }
}
