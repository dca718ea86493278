namespace CrmSync.Worker.Notify;

/// <summary>An offer past its deadline, without an answer.</summary>
/// <param name="LateHours">In working hours.</param>
/// <param name="Name">Null unless names are told, and for whom none is known; <paramref name="Company"/> likewise.</param>
internal sealed record Breach(
    string Connection, string LeadId, Uri? Link, string? OwnerId, DateTimeOffset DueAt, decimal LateHours, string? Name = null, string? Company = null);

/// <summary>What a manager is told on one day.</summary>
/// <param name="Id">The same at every try of the same day's message: by it a receiver knows one that it had already.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">The whole in words, the title first.</param>
internal sealed record BreachMessage(string Id, DateOnly Day, string Title, string Text, IReadOnlyList<Breach> Rows);
