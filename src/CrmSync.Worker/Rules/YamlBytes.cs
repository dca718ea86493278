using System.Text;

namespace CrmSync.Worker.Rules;

/// <summary>The bytes of a file that people write, or why they cannot be had.</summary>
internal static class YamlBytes
{
    internal const string NotText = "The file is not UTF-8.";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes, or null: with a fault where it cannot be read, without one where it is longer than allowed.</summary>
    internal static (byte[]? Bytes, string? Fault) Read(string path, int most)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > most)
                return (null, null);
            // One byte more than allowed shows that a file grew while it was read.
            var buffer = new byte[most + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return (length > most ? null : buffer[..length], null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"The file cannot be read: {failure.Message}");
        }
    }

    /// <summary>The text of some bytes, without a byte-order mark; null if they are not UTF-8.</summary>
    internal static string? Text(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
