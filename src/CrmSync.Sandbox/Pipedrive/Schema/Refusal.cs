using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Pipedrive.Schema;

/// <summary>A refused call. The bodies of Pipedrive's errors are not uniform, so each kind is made by a method of its own.</summary>
internal sealed class Refusal : Exception
{
    private const string SeeDevelopers = "Please check developers.pipedrive.com";
    private const string SeeDevelopersLong = "Please check developers.pipedrive.com for more information about Pipedrive API.";

    public Refusal(int status, JsonObject body, string message) : base(message) => (Status, Body) = (status, body);

    public Refusal(string message) : this(400, Plain(message, null), message)
    {
    }

    public Refusal() : this("Bad request")
    {
    }

    public Refusal(string message, Exception innerException) : base(message, innerException) => (Status, Body) = (400, Plain(message, null));

    public int Status { get; }

    public JsonObject Body { get; }

    /// <summary>What stands before every endpoint answers in a form of its own.</summary>
    public static Refusal Gateway(int status, string error, bool withInfo = true)
    {
        var body = new JsonObject { ["success"] = false, ["error"] = error, ["errorCode"] = status };
        if (withInfo)
        {
            body["error_info"] = SeeDevelopers;
        }

        return new Refusal(status, body, error);
    }

    /// <summary>The form of v1.</summary>
    public static Refusal Generic(int status, string error, string info = SeeDevelopersLong, string? code = null) => new(status, Plain(error, info, code), error);

    /// <summary>What v2 says of a request that its schema does not allow.</summary>
    public static Refusal Schema(string problems) => new(400, new JsonObject
    {
        ["success"] = false,
        ["error"] = "Validation failed: " + problems,
        ["code"] = "ERR_SCHEMA_VALIDATION_FAILED",
    }, problems);

    public static Refusal NotAllowed(string key) => Schema($"{key}: Parameter '{key}' is not allowed for this request");

    public static Refusal Unknown() => new(500, new JsonObject { ["success"] = false, ["error"] = "Internal Server Error", ["code"] = "ERR_UNKNOWN" }, "over-nested");

    public static Refusal NotFound(EntityKind kind) => kind == EntityKind.Lead
        ? Generic(404, "requested lead not found", "Object was not found.")
        : kind == EntityKind.Note ? Generic(404, "Note not found", "Object was not found.")
        : new Refusal(404, new JsonObject { ["success"] = false, ["error"] = $"{char.ToUpperInvariant(kind.Name[0])}{kind.Name[1..]} not found", ["code"] = "ERR_NOT_FOUND" }, "not found");

    public static Refusal EntityNotFound() => Generic(404, "Entity was not found", "Object was not found.");

    private static JsonObject Plain(string error, string? info, string? code = null)
    {
        var body = new JsonObject { ["success"] = false, ["error"] = error, ["error_info"] = info ?? SeeDevelopersLong, ["data"] = null, ["additional_data"] = null };
        if (code is not null)
        {
            body["code"] = code;
        }

        return body;
    }
}
