using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Benchmarks.Load;

/// <summary>
/// Whole requests as they go over the wire, signed beforehand as HubSpot signs (version 3): while the clock runs the driver
/// only copies bytes. A signature is good for five minutes, which no run lasts.
/// </summary>
internal sealed class PreparedRequests
{
    private const int ChunkSize = 4 * 1024 * 1024;
    private readonly List<byte[]> _chunks = [];
    private readonly ArraySegment<byte>[] _requests;
    private int _used = ChunkSize;
    private int _next;

    public PreparedRequests(LoadPlan plan)
    {
        _requests = new ArraySegment<byte>[plan.Requests];
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var body = new ArrayBufferWriter<byte>();
        var signer = new Signer(plan, now.ToString(CultureInfo.InvariantCulture));
        // No event of an earlier run has these ids: microseconds since 1970 only grow.
        var eventId = now * 1000;
        for (var i = 0; i < plan.Requests; i++)
        {
            body.ResetWrittenCount();
            WriteEvents(body, plan, i, eventId, now);
            eventId += plan.Events;
            _requests[i] = Keep(signer.Head(body.WrittenSpan), body.WrittenSpan);
        }
    }

    public int Count => _requests.Length;

    /// <summary>The next request; false when none is left.</summary>
    public bool TryTake(out ArraySegment<byte> request)
    {
        var index = Interlocked.Increment(ref _next) - 1;
        request = index < _requests.Length ? _requests[index] : default;
        return index < _requests.Length;
    }

    private static void WriteEvents(ArrayBufferWriter<byte> body, LoadPlan plan, int request, long eventId, long now)
    {
        for (var i = 0; i < plan.Events; i++)
        {
            var lead = plan.FirstLead + (((long)request * plan.Events) + i) % plan.Leads;
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"{(i == 0 ? '[' : ',')}{{\"eventId\":{eventId + i},\"subscriptionId\":25,\"portalId\":33,\"appId\":1160452,\"occurredAt\":{now},\"subscriptionType\":\"contact.propertyChange\",\"attemptNumber\":0,\"objectId\":{lead},\"propertyName\":\"num_conversion_events\",\"propertyValue\":\"1\",\"changeSource\":\"CRM_UI\",\"sourceId\":\"userId:882761034\"}}"), body);
        }
        body.Write("]"u8);
    }

    private ArraySegment<byte> Keep(string head, ReadOnlySpan<byte> body)
    {
        var length = head.Length + body.Length;
        if (_used + length > ChunkSize)
        {
            _chunks.Add(new byte[Math.Max(ChunkSize, length)]);
            _used = 0;
        }
        var chunk = _chunks[^1];
        var from = _used;
        Encoding.ASCII.GetBytes(head, chunk.AsSpan(from));
        body.CopyTo(chunk.AsSpan(from + head.Length));
        _used += length;
        return new(chunk, from, length);
    }

    private sealed class Signer(LoadPlan plan, string timestamp)
    {
        private readonly byte[] _key = Encoding.UTF8.GetBytes(plan.Secret);
        private readonly byte[] _before = Encoding.UTF8.GetBytes("POST" + plan.SignedAs);
        private readonly byte[] _behind = Encoding.UTF8.GetBytes(timestamp);
        private readonly byte[] _hash = new byte[HMACSHA256.HashSizeInBytes];

        public string Head(ReadOnlySpan<byte> body)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
            hmac.AppendData(_before);
            hmac.AppendData(body);
            hmac.AppendData(_behind);
            hmac.GetHashAndReset(_hash);
            return string.Create(CultureInfo.InvariantCulture,
                $"POST {plan.Path} HTTP/1.1\r\nHost: 127.0.0.1:{plan.Port}\r\nUser-Agent: HubSpot Connect 2.0\r\nContent-Type: application/json\r\nX-HubSpot-Signature-v3: {Convert.ToBase64String(_hash)}\r\nX-HubSpot-Request-Timestamp: {timestamp}\r\nContent-Length: {body.Length}\r\n\r\n");
        }
    }
}
