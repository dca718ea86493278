using System.Globalization;

namespace CrmSync.Benchmarks.Judging;

internal enum HandForm
{
    Other,
    Request,
    Content,
    Ad,
}

/// <summary>The first and the latest form of a contact, and of what kind they are.</summary>
internal readonly struct HandForms
{
    private static readonly string[] Requests =
        ["demo", "demomøde", "demobooking", "price", "prices", "pricing", "quote", "contact", "pris", "priser", "prisliste", "pristilbud", "tilbud", "kontakt", "kontaktformular"];
    private static readonly string[] Contents = ["guide", "white paper", "whitepaper", "hvidbog", "e-book", "ebook", "e-bog", "download"];
    private static readonly string[] Networks = ["facebook", "instagram", "linkedin", "google", "meta"];
    private static readonly string[] Ads = ["ad", "ads"];
    private readonly bool _known;
    private readonly long _firstTicks = -1;
    private readonly long _latestTicks = -1;
    private readonly HandForm _first;
    private readonly HandForm _latest;
    private readonly long _since;

    public HandForms(Dictionary<string, string?> bag)
    {
        _known = bag.ContainsKey("recent_conversion_event_name");
        var (firstName, latestName) = (HandBag.Text(bag, "first_conversion_event_name"), HandBag.Text(bag, "recent_conversion_event_name"));
        var (first, latest) = (HandBag.Ticks(HandBag.Text(bag, "first_conversion_date")), HandBag.Ticks(HandBag.Text(bag, "recent_conversion_date")));
        if (first >= 0 && firstName is not null)
            (_firstTicks, _first) = (first, KindOf(firstName));
        var same = firstName == latestName && Math.Abs(first - latest) <= TimeSpan.TicksPerMinute;
        if (latest >= 0 && latestName is not null && !(same && _firstTicks >= 0))
            (_latestTicks, _latest) = (latest, KindOf(latestName));
        var seen = (_firstTicks >= 0 ? 1 : 0) + (_latestTicks >= 0 ? 1 : 0);
        var isCounted = int.TryParse(HandBag.Text(bag, "num_conversion_events"), CultureInfo.InvariantCulture, out var total);
        _since = seen >= (isCounted ? total : seen == 0 ? 0 : int.MaxValue) ? 0 : latest >= 0 ? latest : long.MaxValue;
    }

    public HandActs? Of(HandForm kind)
    {
        if (!_known)
            return null;
        var (first, latest) = (_firstTicks >= 0 && _first == kind, _latestTicks >= 0 && _latest == kind);
        HandAct[] acts = first && latest ? [new(_firstTicks, 1), new(_latestTicks, 1)] : first ? [new(_firstTicks, 1)] : latest ? [new(_latestTicks, 1)] : [];
        return new(acts, _since == 0 ? acts.Length : -1, acts.Length > 0 ? acts[^1].Ticks : -1, _since);
    }

    private static HandForm KindOf(string name) =>
        HasWord(name, Networks) && HasWord(name, Ads) ? HandForm.Ad
        : HasWord(name, Requests) ? HandForm.Request
        : Contents.Any(text => name.Contains(text, StringComparison.OrdinalIgnoreCase)) || HasWord(name, ["hent"]) ? HandForm.Content
        : HandForm.Other;

    private static bool HasWord(ReadOnlySpan<char> name, string[] words)
    {
        for (var at = 0; at < name.Length;)
        {
            var end = at;
            while (end < name.Length && char.IsLetterOrDigit(name[end]))
                end++;
            foreach (var word in words)
                if (name[at..end].Equals(word, StringComparison.OrdinalIgnoreCase))
                    return true;
            at = end + 1;
        }
        return false;
    }
}
