using System.Text.Encodings.Web;
using System.Text.Json;

namespace CrmSync.Sandbox.Pipedrive.Webhooks;

/// <summary>How events are written: letters of any script stand as they are.</summary>
internal static class EventWire
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
