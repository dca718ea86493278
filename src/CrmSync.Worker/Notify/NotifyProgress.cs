using System.Globalization;

namespace CrmSync.Worker.Notify;

/// <summary>
/// How far a day's message got on one way. Kept in the store as text, so that a restart begins nothing anew: the day alone
/// once it is settled; before that the day, the tries made, and when the next one may be.
/// </summary>
/// <param name="Tries">Those that failed or that nobody knows the end of.</param>
/// <param name="NextAt">No try before this instant.</param>
internal sealed record NotifyProgress(DateOnly Day, int Tries, DateTimeOffset NextAt, bool IsSettled)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);

    /// <param name="text">What is remembered; of another day, or null: nothing was tried.</param>
    public static NotifyProgress Read(string? text, DateOnly day)
    {
        var parts = text?.Split(' ') ?? [];
        if (parts.Length == 0 || parts[0] != Text(day))
            return new(day, 0, default, false);
        return parts.Length == 3 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var tries)
            && DateTimeOffset.TryParse(parts[2], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var next)
            ? new(day, tries, next, false)
            : new(day, 0, default, true);
    }

    public bool MayTry(int most, DateTimeOffset now) => !IsSettled && Tries < most && now >= NextAt;

    /// <summary>With one try more; each pause is twice the one before.</summary>
    public NotifyProgress Tried(DateTimeOffset now) => this with { Tries = Tries + 1, NextAt = now + (FirstPause * Math.Pow(2, Tries)) };

    public NotifyProgress Settled() => this with { IsSettled = true };

    public override string ToString() => IsSettled ? Text(Day) : string.Create(CultureInfo.InvariantCulture, $"{Text(Day)} {Tries} {NextAt:O}");

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
