using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>A conversion under way.</summary>
/// <param name="From">The record to convert.</param>
/// <param name="Due">When it will be done.</param>
internal sealed record ConversionJob(string Id, EntityKind Kind, string From, DateTimeOffset Started, DateTimeOffset Due)
{
    public string? Result { get; set; }

    /// <summary>Null until it has ended.</summary>
    public string? End { get; set; }

    /// <summary>The word that Pipedrive has for how far it is.</summary>
    public string Status(DateTimeOffset now) => End ?? (now < Started + ((Due - Started) / 2) ? "not_started" : "running");
}
