using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CrmSync.Tests.Support;

/// <summary>Ports for hosts that end and come back at the same place.</summary>
internal static class Ports
{
    /// <summary>Below those that systems give to outgoing connections (Linux from 32,768 on): none of them can sit on it while its host is away.</summary>
    private const int First = 10_000, Last = 32_000;

    /// <summary>A port that nobody listens at now.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's.
            }
        }
    }
}
