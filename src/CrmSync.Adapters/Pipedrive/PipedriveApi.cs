using System.Text.Json;
using Refit;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Pipedrive's endpoints. The first argument of each is the path of its version (<see cref="PipedrivePaths"/>).</summary>
internal interface IPipedriveApi
{
    [Get("/{**v1}/users/me")]
    Task<PipedriveOne> MeAsync(string v1, CancellationToken cancellationToken);

    [Get("/{**v1}/users")]
    Task<PipedrivePage> UsersAsync(string v1, CancellationToken cancellationToken);

    /// <param name="list"><c>leads</c>, or <c>leads/archived</c>, which knows no <paramref name="since"/>.</param>
    [Get("/{**v1}/{**list}")]
    Task<PipedrivePage> LeadsAsync(
        string v1, string list, [AliasAs("updated_since")] string? since, string? sort, [AliasAs("person_id")] string? person,
        [AliasAs("organization_id")] string? organization, int start, int limit, CancellationToken cancellationToken);

    [Get("/{**v1}/leads/{id}")]
    Task<PipedriveOne> LeadAsync(string v1, string id, CancellationToken cancellationToken);

    [Patch("/{**v1}/leads/{id}")]
    Task<PipedriveOne> PatchLeadAsync(string v1, string id, [Body] Dictionary<string, object?> fields, CancellationToken cancellationToken);

    [Get("/{**v1}/notes")]
    Task<PipedrivePage> NotesAsync(
        string v1, [AliasAs("lead_id")] string? lead, [AliasAs("deal_id")] string? deal, int start, int limit, CancellationToken cancellationToken);

    [Get("/{**v1}/notes/{id}")]
    Task<PipedriveOne> NoteAsync(string v1, string id, CancellationToken cancellationToken);

    [Post("/{**v1}/notes")]
    Task<PipedriveOne> AddNoteAsync(string v1, [Body] Dictionary<string, object?> note, CancellationToken cancellationToken);

    [Put("/{**v1}/notes/{id}")]
    Task<PipedriveOne> PutNoteAsync(string v1, string id, [Body] Dictionary<string, object?> note, CancellationToken cancellationToken);

    [Get("/{**v1}/deals/{id}/changelog")]
    Task<PipedrivePage> ChangelogAsync(string v1, string id, string? cursor, int limit, CancellationToken cancellationToken);

    [Get("/{**v1}/webhooks")]
    Task<PipedrivePage> WebhooksAsync(string v1, CancellationToken cancellationToken);

    [Post("/{**v1}/webhooks")]
    Task<PipedriveOne> AddWebhookAsync(string v1, [Body] PipedriveNewWebhook webhook, CancellationToken cancellationToken);

    [Delete("/{**v1}/webhooks/{id}")]
    Task RemoveWebhookAsync(string v1, string id, CancellationToken cancellationToken);

    /// <summary>A page of deals, persons, organisations or activities.</summary>
    [Get("/{**v2}/{**list}")]
    Task<PipedrivePage> ListAsync(string v2, string list, [Query] PipedriveQuery query, CancellationToken cancellationToken);

    [Get("/{**v2}/{list}/{id}")]
    Task<PipedriveOne> OneAsync(string v2, string list, string id, [AliasAs("include_fields")] string? include, CancellationToken cancellationToken);

    [Patch("/{**v2}/{list}/{id}")]
    Task<PipedriveOne> PatchAsync(string v2, string list, string id, [Body] Dictionary<string, object?> fields, CancellationToken cancellationToken);

    [Post("/{**v2}/{list}")]
    Task<PipedriveOne> AddAsync(string v2, string list, [Body] Dictionary<string, object?> fields, CancellationToken cancellationToken);

    /// <param name="list"><c>dealFields</c>, <c>personFields</c> or <c>organizationFields</c>.</param>
    [Get("/{**v2}/{list}")]
    Task<PipedriveFieldPage> FieldsAsync(string v2, string list, string? cursor, int limit, CancellationToken cancellationToken);

    [Post("/{**v2}/dealFields")]
    Task<PipedriveFieldAnswer> AddFieldAsync(string v2, [Body] PipedriveNewField field, CancellationToken cancellationToken);

    [Post("/{**v2}/dealFields/{code}/options")]
    Task<JsonElement> AddChoicesAsync(string v2, string code, [Body] IReadOnlyList<PipedriveNewChoice> choices, CancellationToken cancellationToken);
}

/// <summary>What a list of the second version is asked for; what is null is left out.</summary>
internal sealed record PipedriveQuery
{
    [AliasAs("ids")]
    public string? Ids { get; init; }

    [AliasAs("updated_since")]
    public string? UpdatedSince { get; init; }

    [AliasAs("status")]
    public string? Status { get; init; }

    [AliasAs("lead_id")]
    public string? LeadId { get; init; }

    [AliasAs("deal_id")]
    public string? DealId { get; init; }

    [AliasAs("sort_by")]
    public string? SortBy { get; init; }

    [AliasAs("sort_direction")]
    public string? SortDirection { get; init; }

    [AliasAs("include_fields")]
    public string? IncludeFields { get; init; }

    [AliasAs("limit")]
    public int Limit { get; init; } = 500;

    [AliasAs("cursor")]
    public string? Cursor { get; init; }
}
