using CrmSync.Leads.Rules;

namespace CrmSync.Benchmarks.Judging;

/// <summary>The floor: the rules of <c>judging-rules.yaml</c> as a programmer would write them who need never change them.</summary>
internal static class HandRules
{
    public const int Criteria = 12;
    private const int NotMet = -1;
    private const int Unknown = 0;
    private const int Met = 1;
    private static readonly int[] Webinar = Fading(20, 60);
    private static readonly int[] Content = Fading(15, 60);
    private static readonly int[] Website = Fading(15, 30);
    private static readonly int[] Clicks = Fading(10, 30);
    private static readonly int[] Social = Fading(5, 30);
    private static readonly int[] Lasting = [40];

    /// <summary>The verdict and the scores; findings go where the caller wants them, in the order of the criteria.</summary>
    public static Verdict Judge(HandLead lead, long at, Span<HandFinding> findings, out int fit, out int interest)
    {
        findings[0] = Valued(lead.Industry is null ? Unknown : HandTexts.IsTargetIndustry(lead.Industry) ? Met : NotMet, 25);
        findings[1] = Valued(lead.Employees is not { } size ? Unknown : size is >= 20 and <= 1000 ? Met : NotMet, 25);
        findings[2] = Valued((lead.CompanyCountry ?? lead.PersonCountry) is not { } country ? Unknown : HandTexts.IsTargetCountry(country) ? Met : NotMet, 20);
        findings[3] = Valued(Role(lead), 30);
        findings[4] = Either(Acted(lead.HandRaises, 1, 14, at, Lasting), Acted(lead.Meetings, 1, 14, at, Lasting));
        findings[5] = Acted(lead.Webinars, 1, 60, at, Webinar);
        findings[6] = Acted(lead.Downloads, 1, 60, at, Content);
        findings[7] = Acted(lead.PageViews, 3, 30, at, Website);
        findings[8] = Acted(lead.EmailClicks, 2, 30, at, Clicks);
        findings[9] = Either(Acted(lead.SocialClicks, 1, 30, at, Social), Acted(lead.AdForms, 1, 30, at, Social));
        findings[10] = Valued(Answered(lead.Need), 0);
        findings[11] = Valued(Answered(lead.Timeline), 0);

        fit = findings[0].Points + findings[1].Points + findings[2].Points + findings[3].Points;
        var openFit = findings[0].Open + findings[1].Open + findings[2].Open + findings[3].Open;
        interest = findings[4].Points + findings[5].Points + findings[6].Points + findings[7].Points + findings[8].Points + findings[9].Points;
        var openInterest = findings[4].Open + findings[5].Open + findings[6].Open + findings[7].Open + findings[8].Open + findings[9].Open;
        (fit, var fitAtMost) = (Math.Min(fit, 100), Math.Min(fit + openFit, 100));
        (interest, var interestAtMost) = (Math.Min(interest, 100), Math.Min(interest + openInterest, 100));

        var scored = Math.Min(Reaches(fit, fitAtMost, 50), Reaches(interest, interestAtMost, 30));
        var marketing = Math.Max(scored, findings[4].Result);
        if (marketing != Met)
            return marketing == Unknown ? Verdict.NotEnoughData : Verdict.NotReady;
        var denied = findings[10].Result == NotMet || findings[11].Result == NotMet;
        return !denied && (lead.Phone ?? lead.Email) is not null ? Verdict.Offer : Verdict.MarketingQualified;
    }

    private static HandFinding Valued(int result, int points) => new(result, result == Met ? points : 0, 0, 0, result == Unknown ? points : 0);

    private static int Reaches(int score, int atMost, int threshold) => score >= threshold ? Met : atMost < threshold ? NotMet : Unknown;

    private static int Answered(bool? answer) => answer is not { } yes ? Unknown : yes ? Met : NotMet;

    private static int Role(HandLead lead)
    {
        if (lead.Role is { } title && HandTexts.Decides(title))
            return Met;
        foreach (var role in lead.BuyingRoles ?? [])
            if (HandTexts.IsBuyingRole(role))
                return Met;
        return lead.Role is null ? Unknown : NotMet;
    }

    // Of two that are met the later one counts, else the first that is unknown.
    private static HandFinding Either(HandFinding a, HandFinding b) => a.Result == Met
        ? b.Result == Met && b.SeenTicks > a.SeenTicks ? b : a
        : b.Result == Met ? b : (b.Result == Unknown && a.Result == NotMet ? b : a) with { Open = Math.Max(a.Open, b.Open) };

    private static HandFinding Acted(HandActs? acts, int needed, int days, long at, int[] fading)
    {
        if (acts is null)
            return new(Unknown, 0, 0, 0, fading[0]);
        var start = at - days * TimeSpan.TicksPerDay;
        long count = 0, seen = 0, before = 0;
        foreach (var act in acts.Acts)
        {
            before += act.Ticks < start ? act.Count : 0;
            if (act.Ticks < start || act.Ticks > at)
                continue;
            count += act.Count;
            seen = Math.Max(seen, act.Ticks);
        }
        if (acts.LastTicks >= start && acts.LastTicks <= at && acts.LastTicks > seen)
            (count, seen) = (count + 1, acts.LastTicks);
        if (count >= needed)
            return new(Met, Faded(fading, at, seen), count, seen);
        if (acts.CompleteSinceTicks <= start || (acts.LastTicks >= 0 && acts.LastTicks < start) || (acts.Total >= 0 && acts.Total - before < needed))
            return new(NotMet, 0, count, seen);
        // Whatever is not on record happened before that begins, and not after the latest act.
        var latest = Math.Min(at, Math.Min(acts.CompleteSinceTicks - 1, acts.LastTicks < 0 ? at : acts.LastTicks));
        return new(Unknown, 0, count, seen, Faded(fading, at, Math.Max(seen, latest)));
    }

    private static int Faded(int[] fading, long at, long seen) => fading[seen == 0 ? 0 : Math.Min((at - seen) / TimeSpan.TicksPerDay, fading.Length - 1)];

    private static int[] Fading(int points, int days) =>
        [.. Enumerable.Range(0, days + 1).Select(day => (int)Math.Round(points * Math.Pow(0.5, day / 30.0), MidpointRounding.AwayFromZero))];
}
