namespace CrmSync.Adapters.Pipedrive;

/// <summary>What hangs on one lead or deal. Null: there is none, or our user may not see it.</summary>
internal sealed record PipedriveSurroundings
{
    public static PipedriveSurroundings None { get; } = new();

    public PipedriveRecord? Person { get; init; }
    public PipedriveRecord? Organization { get; init; }

    /// <summary>Null where they were not read.</summary>
    public IReadOnlyList<PipedriveRecord>? Activities { get; init; }

    /// <summary>Null where none was asked for, or none is kept: of a lead there is none.</summary>
    public PipedriveHistory? History { get; init; }
}
