namespace CrmSync.Worker.Connections;

/// <summary>How the inbox names a record whose leads are not known yet: <c>companies/55</c>. A lead's id has no slash.</summary>
internal static class RecordHint
{
    public static string Of(string stream, string recordId) => $"{stream}/{recordId}";

    public static bool Is(string inboxId) => inboxId.Contains('/', StringComparison.Ordinal);

    public static (string Stream, string RecordId) Read(string inboxId)
    {
        var slash = inboxId.IndexOf('/', StringComparison.Ordinal);
        return (inboxId[..slash], inboxId[(slash + 1)..]);
    }
}
