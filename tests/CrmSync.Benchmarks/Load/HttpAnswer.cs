using System.Buffers.Text;

namespace CrmSync.Benchmarks.Load;

/// <summary>Reads just enough of an HTTP answer to know its status and where it ends.</summary>
internal static class HttpAnswer
{
    /// <summary>The status, or 0 while the answer is not complete.</summary>
    public static int Status(ReadOnlySpan<byte> received)
    {
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return 0;
        if (!Utf8Parser.TryParse(received[9..12], out int status, out _))
            throw new InvalidDataException("That is no HTTP answer.");
        return received.Length - (head + 4) >= Length(received[..head]) ? status : 0;
    }

    private static int Length(ReadOnlySpan<byte> head)
    {
        var name = head.IndexOf("Content-Length: "u8);
        if (name < 0)
            return 0;
        return Utf8Parser.TryParse(head[(name + "Content-Length: ".Length)..], out int length, out _) ? length : 0;
    }
}
