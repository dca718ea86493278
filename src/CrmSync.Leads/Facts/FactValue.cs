using System.Globalization;

namespace CrmSync.Leads.Facts;

/// <summary>A typed value, or nothing known. The default value is <see cref="Unknown"/>.</summary>
public readonly struct FactValue : IEquatable<FactValue>
{
    private readonly FactType _type;
    private readonly bool _known;
    // Flags, instants and BANT answers; a number is boxed, so that the values of a lead lie closer together.
    private readonly long _bits;
    private readonly object? _reference;

    private FactValue(FactType type, long bits, object? reference)
    {
        (_type, _known, _bits, _reference) = (type, true, bits, reference);
    }

    /// <summary>Nothing is known. Unknown is never false, zero or empty.</summary>
    public static FactValue Unknown => default;

    public bool IsKnown => _known;

    /// <summary>Meaningful only if <see cref="IsKnown"/>.</summary>
    public FactType Type => _type;

    public string Text => (string)_reference!;
    public decimal Number => _reference is decimal number ? number : 0;
    public bool Flag => _bits != 0;
    public DateTimeOffset Instant => new(_bits, TimeSpan.Zero);
    public IReadOnlyList<string> Choices => (IReadOnlyList<string>)_reference!;
    public BantAnswer Bant => _known ? (BantAnswer)_bits : BantAnswer.Unknown;
    public Engagement Engagement => (Engagement)_reference!;

    /// <summary>Blank text is unknown.</summary>
    public static FactValue Of(string? text) => string.IsNullOrWhiteSpace(text) ? Unknown : new(FactType.Text, 0, text.Trim());

    public static FactValue Of(decimal? number) => number is { } n ? new(FactType.Number, 0, n) : Unknown;

    public static FactValue Of(bool? flag) => flag is { } f ? new(FactType.Flag, f ? 1 : 0, null) : Unknown;

    public static FactValue Of(DateTimeOffset? instant) => instant is { } i ? new(FactType.Instant, i.UtcTicks, null) : Unknown;

    public static FactValue Of(IReadOnlyList<string>? choices) => choices is { Count: > 0 } ? new(FactType.Choices, 0, choices) : Unknown;

    public static FactValue Of(BantAnswer answer) => answer == BantAnswer.Unknown ? Unknown : new(FactType.Bant, (int)answer, null);

    public static FactValue Of(Engagement? engagement) => engagement is null ? Unknown : new(FactType.Engagement, 0, engagement);

    public bool Equals(FactValue other) =>
        _known == other._known && _type == other._type && _bits == other._bits && Equals(_reference, other._reference);

    public override bool Equals(object? obj) => obj is FactValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_known, _type, _bits, _reference);

    public static bool operator ==(FactValue left, FactValue right) => left.Equals(right);

    public static bool operator !=(FactValue left, FactValue right) => !left.Equals(right);

    /// <summary>For a person who debugs; nothing parses it. Engagements and choices show their size only.</summary>
    public override string ToString() => !_known ? "unknown" : _type switch
    {
        FactType.Text => Text,
        FactType.Number => Number.ToString(CultureInfo.InvariantCulture),
        FactType.Flag => Flag ? "true" : "false",
        FactType.Instant => Instant.ToString("O", CultureInfo.InvariantCulture),
        FactType.Bant => Bant.ToString(),
        FactType.Choices => $"{Choices.Count} choices",
        _ => $"{Engagement.Acts.Count} acts",
    };
}
