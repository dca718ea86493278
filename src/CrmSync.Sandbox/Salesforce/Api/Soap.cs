using System.Xml;
using System.Xml.Linq;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>The envelopes of the two SOAP services, as far as clients need them.</summary>
internal static class Soap
{
    public static readonly XNamespace Envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    public static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The session that the header carries, and the call in the body; null when it is no envelope.</summary>
    public static (string Session, XElement Call)? Read(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var root = XDocument.Load(reader).Root;
            var call = root?.Element(Envelope + "Body")?.Elements().FirstOrDefault();
            var session = root?.Element(Envelope + "Header")?.Descendants().FirstOrDefault(element => element.Name.LocalName == "sessionId")?.Value;
            return call is null ? null : (session ?? "", call);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static string? Value(XElement parent, string name) => parent.Elements()
        .FirstOrDefault(element => element.Name.LocalName == name)?.Value is { Length: > 0 } value ? value : null;

    public static RestReply Answer(XNamespace space, string call, IEnumerable<XElement> results) =>
        Whole(200, new XElement(space + (call + "Response"), results));

    public static RestReply Fault(string code, string message) => Whole(500, new XElement(Envelope + "Fault",
        new XAttribute(XNamespace.Xmlns + "sf", "urn:fault.partner.soap.sforce.com"),
        new XElement("faultcode", "sf:" + code), new XElement("faultstring", $"{code}: {message}")));

    private static RestReply Whole(int status, XElement body) => new(status, null)
    {
        Raw = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + new XElement(Envelope + "Envelope",
            new XAttribute(XNamespace.Xmlns + "soapenv", Envelope), new XAttribute(XNamespace.Xmlns + "xsi", Schema),
            new XElement(Envelope + "Body", body)).ToString(SaveOptions.DisableFormatting), "text/xml;charset=UTF-8"),
    };
}
