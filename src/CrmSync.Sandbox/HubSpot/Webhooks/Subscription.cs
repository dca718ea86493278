using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.HubSpot.Webhooks;

/// <summary>One kind of event that an account sends to one address.</summary>
internal sealed record Subscription(int Id, Uri Url, string Type, string? Property)
{
    private static readonly string[] NeverSent = ["num_unique_conversion_events", "lastmodifieddate", "hs_lastmodifieddate"];

    private static readonly string[] Types =
    [
        .. from name in new[] { "contact", "company", "deal" }
           from verb in new[] { "creation", "deletion", "merge", "restore", "propertyChange", "associationChange" }
           select $"{name}.{verb}",
        "contact.privacyDeletion",
    ];

    /// <summary>
    /// Reads <c>contact.creation</c>, <c>contact.propertyChange:lifecyclestage</c> or, as a convenience that HubSpot does not have, a star for any property or
    /// for everything.
    /// </summary>
    public static Subscription Parse(int id, Uri url, string text)
    {
        if (text == "*")
        {
            return new Subscription(id, url, "*", null);
        }

        var parts = text.Split(':');
        if (!Types.Contains(parts[0]) || parts.Length > 2)
        {
            throw new SandboxRequestException($"Unknown event '{text}'. Known: *, {string.Join(", ", Types)}; a property follows a colon.");
        }

        return new Subscription(id, url, parts[0], parts.Length == 2 && parts[1] != "*" ? parts[1] : null);
    }

    public bool Wants(string type, string? property) =>
        (Type == "*" || Type == type) && (Property is null || Property == property) && (property is null || !NeverSent.Contains(property));
}
