namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>One endpoint: its method, version and path, its price in tokens, and the scopes of which an app needs one.</summary>
internal sealed record PipedriveRoute(string Method, string Version, string[] Path, int Cost, string[] Scopes, Func<PipedriveCall, PipedriveReply> Answer)
{
    public bool IsSearch => Path[^1] == "search";

    /// <summary>The variable parts of a path that this route is for; null when it is for another.</summary>
    public IReadOnlyList<string>? Match(string method, string version, string[] path)
    {
        if (Method != method || Version != version || Path.Length != path.Length)
        {
            return null;
        }

        List<string> parts = [];
        for (var index = 0; index < path.Length; index++)
        {
            if (Path[index] == "*")
            {
                parts.Add(path[index]);
            }
            else if (Path[index] != path[index])
            {
                return null;
            }
        }

        return parts;
    }

    /// <summary>An endpoint from its method and path in one text, a star for each part that varies, and its scopes in another.</summary>
    public static PipedriveRoute Of(string version, string text, int cost, string scopes, Func<PipedriveCall, PipedriveReply> answer)
    {
        var words = text.Split(' ');
        return new PipedriveRoute(words[0], version, words[1].Split('/'), cost, scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), answer);
    }
}
