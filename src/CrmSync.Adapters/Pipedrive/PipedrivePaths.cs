namespace CrmSync.Adapters.Pipedrive;

/// <summary>Where the two versions of the API are. Leads, notes, users and webhooks exist in the first alone.</summary>
internal readonly record struct PipedrivePaths(Uri BaseUrl)
{
    public const string Token = "/oauth/token";
    public const string V2 = "api/v2";

    /// <summary>The host for all companies.</summary>
    public const string SharedHost = "api.pipedrive.com";

    /// <summary>The host for all companies has the first version under another path.</summary>
    public string V1 => BaseUrl.Host == SharedHost ? "v1" : "api/v1";

    public static bool IsRead(HttpRequestMessage request) => request.Method == HttpMethod.Get;

    public static bool MayAnswerNothing(HttpRequestMessage request) => request.Method == HttpMethod.Delete;
}
