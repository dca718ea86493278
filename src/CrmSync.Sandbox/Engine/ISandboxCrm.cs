using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>
/// One vendor's dialect. A new one is a folder with an implementation of this and a line in <c>SandboxHost</c>. Calls come one at a time (see
/// <see cref="World"/>); a refused control call throws <see cref="SandboxRequestException"/>. No call reads a clock: the instant is handed in.
/// </summary>
internal interface ISandboxCrm
{
    /// <summary>The name used in control calls and in the log, such as <c>hubspot</c>.</summary>
    string Name { get; }

    /// <summary>Whether it has any account.</summary>
    bool IsOpen { get; }

    /// <summary>What this dialect has to send.</summary>
    IWebhookSource Webhooks { get; }

    /// <summary>The JSON of an error of the vendor's own that says nothing.</summary>
    string ErrorBody { get; }

    /// <summary>Forgets everything and opens this many accounts.</summary>
    IReadOnlyList<AccountCard> Reset(int accounts, int seed, Uri baseUrl, DateTimeOffset now);

    /// <summary>Answers one request of a client, in the vendor's own words.</summary>
    CrmReply Answer(CrmRequest request);

    /// <summary>Ends the credential that this request carries; <see cref="RestoreCredentials"/> undoes it.</summary>
    void Revoke(CrmRequest request);

    void RestoreCredentials();

    /// <summary>The private key (PEM) with which an account's app signs, made when first asked for.</summary>
    string KeyOf(string? accountId);

    void Subscribe(SubscriptionRequest request);

    void Switch(JsonObject values);

    IReadOnlyList<LeadId> AddLeads(LeadsRequest request, DateTimeOffset now);

    GenerateReply Generate(GenerateRequest request, DateTimeOffset now);

    ActReply Act(ActRequest request, DateTimeOffset now);

    CrmState State(string? accountId);
}
