namespace CrmSync.Worker.Rules;

/// <summary>A threshold and where it was written.</summary>
internal sealed record Threshold(int Least, YamlNode At);

/// <summary>
/// A gate as a file writes it, criteria by id. A policy starts from the draft of the policy that it extends and replaces the
/// parts that it names.
/// </summary>
internal sealed record GateDraft(YamlNode At)
{
    internal Threshold? Fit { get; init; }
    internal Threshold? Interest { get; init; }
    internal bool OrHandRaise { get; init; }
    internal IReadOnlyList<YamlText> Met { get; init; } = [];
    internal int AtLeast { get; init; }
    internal IReadOnlyList<YamlText> Of { get; init; } = [];
    internal IReadOnlyList<YamlText> NoneNotMet { get; init; } = [];

    /// <summary>Slots.</summary>
    internal IReadOnlyList<int> AnyKnown { get; init; } = [];

    /// <summary>The same gate as something inherited: what is wrong with it is told at the heir.</summary>
    internal GateDraft Inherited(YamlNode heir) => this with
    {
        At = heir,
        Fit = Fit is null ? null : Fit with { At = heir },
        Interest = Interest is null ? null : Interest with { At = heir },
        Met = Moved(Met, heir),
        Of = Moved(Of, heir),
        NoneNotMet = Moved(NoneNotMet, heir),
    };

    private static IReadOnlyList<YamlText> Moved(IReadOnlyList<YamlText> ids, YamlNode to) =>
        [.. ids.Select(id => id with { Line = to.Line, Column = to.Column })];
}

/// <summary>The three gates of a policy, as written.</summary>
internal sealed record GatesDraft(GateDraft Mql, GateDraft Offer, GateDraft SalesQualified)
{
    internal GatesDraft Inherited(YamlNode heir) => new(Mql.Inherited(heir), Offer.Inherited(heir), SalesQualified.Inherited(heir));
}
