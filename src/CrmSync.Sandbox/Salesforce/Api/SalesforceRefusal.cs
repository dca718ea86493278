using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Soql;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>An answer that says no. As an answer of its own it is an array with one error; in a collection it is the error of one row.</summary>
internal sealed class SalesforceRefusal(int status, string code, string message, IReadOnlyList<string>? fields = null) : Exception(message)
{
    public SalesforceRefusal() : this(400, "UNKNOWN_EXCEPTION", "")
    {
    }

    public SalesforceRefusal(string message) : this(400, "UNKNOWN_EXCEPTION", message)
    {
    }

    public SalesforceRefusal(string message, Exception innerException) : this(400, "UNKNOWN_EXCEPTION", message + innerException?.Message)
    {
    }

    public int Status => status;

    public string Code => code;

    public static SalesforceRefusal NoResource() => new(404, "NOT_FOUND", "The requested resource does not exist") { IsCodeFirst = true };

    public static SalesforceRefusal Deleted() => new(404, "ENTITY_IS_DELETED", "entity is deleted", []);

    /// <summary>A row that cannot be written; such errors name fields, even when there are none.</summary>
    public static SalesforceRefusal Row(string code, string message, params string[] fields) => new(400, code, message, fields);

    public static SalesforceRefusal Query(SoqlException error) => new(400, error.Code, error.Message);

    public static SalesforceRefusal Json(string message) => new(400, "JSON_PARSER_ERROR", message);

    /// <summary>Errors of routing name their code before their message.</summary>
    public bool IsCodeFirst { get; init; }

    /// <summary>What a duplicate rule found. The misspelt name of it in a body is the vendor's.</summary>
    public JsonObject? Duplicates { get; init; }

    public JsonArray ToBody()
    {
        if (Duplicates is not null)
        {
            return [new JsonObject { ["duplicateResut"] = Duplicates, ["errorCode"] = code, ["message"] = Message }];
        }

        var error = IsCodeFirst ? new JsonObject { ["errorCode"] = code, ["message"] = Message } : new JsonObject { ["message"] = Message, ["errorCode"] = code };
        if (fields is not null)
        {
            error["fields"] = Names();
        }

        return [error];
    }

    /// <summary>The same as a row's error, where the code goes by another name.</summary>
    public JsonObject ToRowError() => new() { ["statusCode"] = code, ["message"] = Message, ["fields"] = Names() };

    private JsonArray Names() => [.. (fields ?? []).Select(name => (JsonNode)name)];
}
