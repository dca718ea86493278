using System.Globalization;

namespace CrmSync.Leads.Facts;

/// <summary>A typed value, or nothing known. The default value is <see cref="Unknown"/>.</summary>
public readonly struct FactValue : IEquatable<FactValue>
{
    // Of what kind a value is, its reference tells: that keeps the values of a lead close together.
    private readonly object? _reference;
    private readonly long _bits;

    private FactValue(object reference, long bits = 0) => (_reference, _bits) = (reference, bits);

    /// <summary>Nothing is known. Unknown is never false, zero or empty.</summary>
    public static FactValue Unknown => default;

    public bool IsKnown => _reference is not null;

    /// <summary>Meaningful only if <see cref="IsKnown"/>.</summary>
    public FactType Type => _reference switch
    {
        string or null => FactType.Text,
        decimal => FactType.Number,
        Kind kind => kind.Type,
        Facts.Engagement _ => FactType.Engagement,
        _ => FactType.Choices,
    };

    public string Text => (string)_reference!;
    public decimal Number => _reference is decimal number ? number : 0;
    public bool Flag => _bits != 0;
    public DateTimeOffset Instant => new(_bits, TimeSpan.Zero);
    public IReadOnlyList<string> Choices => (IReadOnlyList<string>)_reference!;
    public BantAnswer Bant => (BantAnswer)_bits;
    public Engagement Engagement => (Engagement)_reference!;

    /// <summary>Blank text is unknown.</summary>
    public static FactValue Of(string? text) => string.IsNullOrWhiteSpace(text) ? Unknown : new(text.Trim());

    public static FactValue Of(decimal? number) => number is { } n ? new(n) : Unknown;

    public static FactValue Of(bool? flag) => flag is { } f ? new(Kind.Flag, f ? 1 : 0) : Unknown;

    public static FactValue Of(DateTimeOffset? instant) => instant is { } i ? new(Kind.Instant, i.UtcTicks) : Unknown;

    public static FactValue Of(IReadOnlyList<string>? choices) => choices is { Count: > 0 } ? new(choices) : Unknown;

    public static FactValue Of(BantAnswer answer) => answer == BantAnswer.Unknown ? Unknown : new(Kind.Bant, (int)answer);

    public static FactValue Of(Engagement? engagement) => engagement is null ? Unknown : new(engagement);

    public bool Equals(FactValue other) =>
        _bits == other._bits && Equals(_reference, other._reference);

    public override bool Equals(object? obj) => obj is FactValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_bits, _reference);

    public static bool operator ==(FactValue left, FactValue right) => left.Equals(right);

    public static bool operator !=(FactValue left, FactValue right) => !left.Equals(right);

    /// <summary>For a person who debugs; nothing parses it. Engagements and choices show their size only.</summary>
    public override string ToString() => !IsKnown ? "unknown" : Type switch
    {
        FactType.Text => Text,
        FactType.Number => Number.ToString(CultureInfo.InvariantCulture),
        FactType.Flag => Flag ? "true" : "false",
        FactType.Instant => Instant.ToString("O", CultureInfo.InvariantCulture),
        FactType.Bant => Bant.ToString(),
        FactType.Choices => $"{Choices.Count} choices",
        _ => $"{Engagement.Acts.Count} acts",
    };

    /// <summary>Stands where a value needs no reference of its own.</summary>
    private sealed class Kind(FactType type)
    {
        internal static readonly Kind Flag = new(FactType.Flag);
        internal static readonly Kind Instant = new(FactType.Instant);
        internal static readonly Kind Bant = new(FactType.Bant);

        internal FactType Type => type;
    }
}
