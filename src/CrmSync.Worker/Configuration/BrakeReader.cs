namespace CrmSync.Worker.Configuration;

/// <summary>Reads the brakes of one connection.</summary>
internal static class BrakeReader
{
    private const int Most = 1_000;

    public static OfferLimits Limits(string at, OffersOptions options, List<SettingProblem> problems)
    {
        Within($"{at}:Offers:PerOwnerAndDay", options.PerOwnerAndDay, 1, Most, problems);
        Within($"{at}:Offers:PerDay", options.PerDay, 1, Most, problems);
        Within($"{at}:Offers:Days", options.Days, 0, 365, problems);
        return new(options.PerOwnerAndDay, options.PerDay, options.Days);
    }

    public static Pilot? PilotOf(string at, PilotOptions options, List<SettingProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(options.Only))
            return null;
        if (options.Only.Split(':', 2, StringSplitOptions.TrimEntries) is [var kind, { Length: > 0 } id]
            && !int.TryParse(kind, out _) && Enum.TryParse<PilotKind>(kind, ignoreCase: true, out var known))
        {
            return new(known, id);
        }
        problems.Add(new($"{at}:Pilot:Only", "It names no pilot.", "Write owner:ID, list:ID or lead:ID, with the id that the CRM shows; remove it to end the pilot."));
        return null;
    }

    private static void Within(string setting, int value, int from, int to, List<SettingProblem> problems)
    {
        if (value < from || value > to)
            problems.Add(new(setting, $"{value} is out of range.", $"Use {from} to {to}."));
    }
}
