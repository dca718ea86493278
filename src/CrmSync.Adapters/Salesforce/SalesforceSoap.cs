using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CrmSync.Adapters.Salesforce;

/// <summary>The metadata service, which only speaks SOAP and wants the session inside the message.</summary>
internal static class SalesforceSoap
{
    public static readonly XNamespace Metadata = "http://soap.sforce.com/2006/04/metadata";
    public static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly XNamespace Envelope = "http://schemas.xmlsoap.org/soap/envelope/";

    public static HttpRequestMessage Request(string version, Secret session, XElement call)
    {
        var envelope = new XElement(Envelope + "Envelope",
            new XAttribute(XNamespace.Xmlns + "xsi", Schema),
            new XElement(Envelope + "Header", new XElement(Metadata + "SessionHeader", new XElement(Metadata + "sessionId", session.Reveal()))),
            new XElement(Envelope + "Body", call));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"services/Soap/m/{version}", UriKind.Relative))
        {
            Content = new StringContent(envelope.ToString(SaveOptions.DisableFormatting), Encoding.UTF8, "text/xml"),
        };
        request.Headers.Add("SOAPAction", "\"\"");
        return request;
    }

    /// <summary>What each component came to: null, or the code of its refusal.</summary>
    public static IReadOnlyList<string?> Results(string body)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return
            [
                .. XDocument.Load(reader).Descendants().Where(e => e.Name.LocalName == "result").Select(r =>
                    r.Elements().Any(e => e.Name.LocalName == "success" && e.Value == "true") ? null
                    : SalesforceErrors.Word(r.Descendants().FirstOrDefault(e => e.Name.LocalName == "statusCode")?.Value)),
            ];
        }
        catch (XmlException)
        {
            throw new CrmException(CrmFailure.Transient, "Salesforce's answer cannot be understood.");
        }
    }

    public static bool Is(HttpRequestMessage request) => request.RequestUri?.AbsolutePath.StartsWith("/services/Soap/", StringComparison.Ordinal) == true;
}
