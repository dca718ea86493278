using System.Text.Encodings.Web;
using System.Text.Json;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>How HubSpot's JSON is written: letters of any script stand as they are.</summary>
internal static class HubSpotWire
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
