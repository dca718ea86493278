using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace CrmSync.Tests.Support;

/// <summary>The operations of an OpenAPI 3.0 file.</summary>
internal sealed class OpenApiFile
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    private readonly List<(string Method, string[] Path, OpenApiOperation Operation)> operations = [];
    private readonly string[] prefixes;

    private OpenApiFile(string[] prefixes) => this.prefixes = prefixes;

    /// <summary>Reads a file whose paths stand behind any of these prefixes.</summary>
    public static OpenApiFile Read(string file, params string[] prefixes)
    {
        using var reader = new StreamReader(file);
        var yaml = new YamlStream();
        yaml.Load(reader);
        var read = new OpenApiFile(prefixes);
        foreach (var (path, methods) in (YamlMappingNode)yaml.Documents[0].RootNode["paths"])
        {
            foreach (var (method, operation) in ((YamlMappingNode)methods).Where(pair => Methods.Contains(pair.Key.ToString())))
            {
                read.operations.Add((method.ToString().ToUpperInvariant(), path.ToString().Trim('/').Split('/'), new OpenApiOperation((YamlMappingNode)operation)));
            }
        }

        return read;
    }

    /// <summary>The operation for a request; one with a literal path goes before one with a part that varies.</summary>
    public OpenApiOperation? Find(string method, string path)
    {
        var prefix = prefixes.FirstOrDefault(one => path.StartsWith(one + "/", StringComparison.Ordinal));
        var parts = prefix is null ? null : path[prefix.Length..].Trim('/').Split('/');
        return parts is null ? null : operations.Where(one => one.Method == method && one.Path.Length == parts.Length && one.Path.Zip(parts).All(pair => IsVariable(pair.First) || pair.First == pair.Second))
            .OrderBy(one => one.Path.Count(IsVariable)).Select(one => one.Operation).FirstOrDefault();
    }

    private static bool IsVariable(string part) => part.StartsWith('{');
}

/// <summary>One operation: the form of its request and of its answers.</summary>
internal sealed class OpenApiOperation(YamlMappingNode operation)
{
    public IEnumerable<string> RequestFaults(JsonNode? body)
    {
        var schema = body is null ? null : Json(operation, "requestBody");
        return schema is null ? [] : new OpenApiSchema(isStrict: false, []).Faults(schema, body, "request");
    }

    public IEnumerable<string> AnswerFaults(int status, JsonNode? body)
    {
        if (Child(operation, "responses") is not YamlMappingNode responses || Child(responses, status.ToString(System.Globalization.CultureInfo.InvariantCulture)) is not YamlMappingNode response)
        {
            return [$"status {status} is not described"];
        }

        return Content(response) is { } schema ? new OpenApiSchema(isStrict: true, OnRequest()).Faults(schema, body, "answer") : [];
    }

    /// <summary>What a call takes of the day's purse; null where nothing is said.</summary>
    public int? Cost => int.TryParse(Child(operation, "x-token-cost")?.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var cost) ? cost : null;

    /// <summary>Those of these query parameters that are not described.</summary>
    public IEnumerable<string> Unknown(IEnumerable<string> asked) => asked.Except(Parameters().Select(one => Child(one, "name")?.ToString() ?? ""));

    private IEnumerable<YamlMappingNode> Parameters() => Child(operation, "parameters") is YamlSequenceNode parameters ? parameters.OfType<YamlMappingNode>() : [];

    /// <summary>The fields that a caller may ask for beyond those of the schema.</summary>
    private IReadOnlyList<string> OnRequest() =>
    [
        .. Parameters().Where(one => Child(one, "name")?.ToString() == "include_fields")
            .Select(one => Child(one, "schema")).OfType<YamlMappingNode>().Select(one => Child(one, "enum")).OfType<YamlSequenceNode>().SelectMany(names => names.Select(name => name.ToString())),
    ];

    private static YamlMappingNode? Json(YamlMappingNode node, string name) => Child(node, name) is YamlMappingNode found ? Content(found) : null;

    private static YamlMappingNode? Content(YamlMappingNode node) =>
        Child(node, "content") is YamlMappingNode content && Child(content, "application/json") is YamlMappingNode json ? Child(json, "schema") as YamlMappingNode : null;

    private static YamlNode? Child(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var found) ? found : null;
}
