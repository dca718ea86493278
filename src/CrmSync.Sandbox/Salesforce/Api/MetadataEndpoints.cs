using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>The part of the metadata service that makes and changes list views and fields, up to ten in one call.</summary>
internal static class MetadataEndpoints
{
    private const int MostItems = 10;
    private static readonly XNamespace Space = "http://soap.sforce.com/2006/04/metadata";
    private static readonly string[] Calls = ["createMetadata", "updateMetadata", "upsertMetadata"];

    public static RestReply Answer(RestCall call, XElement body)
    {
        var name = body.Name.LocalName;
        if (!Calls.Contains(name))
        {
            return Soap.Fault("INVALID_OPERATION", $"this sandbox does not know {name}");
        }

        var items = body.Elements().Where(element => element.Name.LocalName == "metadata").ToList();
        return items.Count > MostItems
            ? Soap.Fault("LIMIT_EXCEEDED", $"at most {MostItems} components in one call")
            : Soap.Answer(Space, name, items.Select(item => Result(call, item, name)));
    }

    private static XElement Result(RestCall call, XElement item, string name)
    {
        var fullName = Soap.Value(item, "fullName") ?? "";
        try
        {
            ToolingEndpoints.RequireRight(call);
            var isNew = item.Attribute(Soap.Schema + "type")?.Value.Split(':')[^1] switch
            {
                "ListView" => ListView(call, item, fullName),
                "CustomField" => Field(call, item, fullName),
                var type => throw SalesforceRefusal.Row("INVALID_TYPE", $"this sandbox has no metadata of type {type}"),
            };
            return new XElement(Space + "result",
                name == "upsertMetadata" ? new XElement(Space + "created", isNew) : null, new XElement(Space + "fullName", fullName), new XElement(Space + "success", true));
        }
        catch (SalesforceRefusal refusal)
        {
            return new XElement(Space + "result",
                name == "upsertMetadata" ? new XElement(Space + "created", false) : null,
                new XElement(Space + "errors", new XElement(Space + "message", refusal.Message), new XElement(Space + "statusCode", refusal.Code)),
                new XElement(Space + "fullName", fullName), new XElement(Space + "success", false));
        }
    }

    /// <summary>Whether the view is a new one.</summary>
    private static bool ListView(RestCall call, XElement item, string fullName)
    {
        if (fullName.Split('.') is not [var type, var name] || call.Org.FindTable(type) is not { } table)
        {
            throw SalesforceRefusal.Row("INVALID_CROSS_REFERENCE_KEY", $"invalid name of a list view: {fullName}");
        }

        var used = item.Elements().Where(element => element.Name.LocalName == "columns").Select(element => element.Value)
            .Concat(item.Elements().Where(element => element.Name.LocalName == "filters").Select(filter => Soap.Value(filter, "field") ?? ""));
        if (used.FirstOrDefault(field => field.EndsWith("__c", StringComparison.Ordinal) && table.Schema.Find(field) is null) is { } unknown)
        {
            throw SalesforceRefusal.Row("INVALID_CROSS_REFERENCE_KEY", $"Could not resolve list view column: {unknown}");
        }

        var views = call.Org.Table("ListView");
        var known = views.All.FirstOrDefault(view => view.Text("SobjectType") == table.Schema.Name
            && string.Equals(view.Text("DeveloperName"), name, StringComparison.OrdinalIgnoreCase));
        var values = new Dictionary<string, object?> { ["Name"] = Soap.Value(item, "label") ?? name, ["DeveloperName"] = name, ["SobjectType"] = table.Schema.Name,
            ["Query"] = item.ToString() };
        if (known is null)
        {
            RowWriter.Create(call.Org, "ListView", values, call.Write);
        }
        else
        {
            RowWriter.Update(call.Org, known, values, call.Write);
        }

        return known is null;
    }

    private static bool Field(RestCall call, XElement item, string fullName)
    {
        var metadata = ToJson(item) as JsonObject ?? [];
        if (fullName.Split('.') is [var type, var name] && CustomFields.Owners(call.Org, type) is { Count: > 0 } owners && owners[0].Find(name) is not null)
        {
            foreach (var schema in owners)
            {
                ToolingEndpoints.Replace(schema, schema.Find(name)!, metadata);
            }

            return false;
        }

        ToolingEndpoints.Create(call, fullName, metadata);
        return true;
    }

    /// <summary>The same definition as the tooling API takes it; <c>value</c> is a list even when there is one.</summary>
    private static JsonNode? ToJson(XElement element)
    {
        if (!element.HasElements)
        {
            var isNumber = element.Name.LocalName is "length" or "precision" or "scale" or "visibleLines";
            return isNumber && long.TryParse(element.Value, out var number) ? number : bool.TryParse(element.Value, out var flag) ? flag : element.Value;
        }

        var json = new JsonObject();
        foreach (var group in element.Elements().GroupBy(child => child.Name.LocalName))
        {
            json[group.Key] = group.Key == "value" ? new JsonArray([.. group.Select(ToJson)]) : ToJson(group.First());
        }

        return json;
    }
}
