using System.Net.Sockets;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Whether webhooks may go to an address. The sandbox knocks on this machine alone: all other addresses pass for unreachable.</summary>
internal static class WebhookAddress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Null for an address that is none, that is Pipedrive's own, or behind which nobody listens.</summary>
    public static Uri? Check(PipedriveSwitches switches, string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not "http" and not "https" || (switches.HttpsOnly && url.Scheme != "https")
            || url.Host.EndsWith("pipedrive.com", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return !switches.ProbeUrls || (url.IsLoopback && Listens(url)) ? url : null;
    }

    private static bool Listens(Uri url)
    {
        try
        {
            using var client = new TcpClient();
            return client.ConnectAsync(url.Host, url.Port).Wait(Patience) && client.Connected;
        }
        catch (Exception error) when (error is SocketException or AggregateException)
        {
            return false;
        }
    }
}
