using System.Net.Sockets;
using CrmSync.Worker.Configuration;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CrmSync.Worker.Notify;

/// <summary>Hands letters to a mail server.</summary>
/// <param name="setting">Where its settings stand, for whoever repairs them.</param>
internal sealed class MailServer(SmtpSettings settings, string setting)
{
    private const int TimeoutMilliseconds = 15_000;

    /// <exception cref="NotifyException">It did not get there, or nobody knows.</exception>
    public async Task SendAsync(MimeMessage letter, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = TimeoutMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, Security(settings.Tls), cancellationToken);
            if (settings.User is { } user)
                await client.AuthenticateAsync(user, settings.Password?.Reveal() ?? "", cancellationToken);
            await client.SendAsync(letter, cancellationToken);
        }
        catch (AuthenticationException refused)
        {
            throw new NotifyException("The mail server refused the user or the password.", $"Check {setting}:User and {setting}:PasswordFile.", refused);
        }
        catch (SmtpCommandException refused)
        {
            throw new NotifyException($"The mail server refused the letter ({refused.ErrorCode}, {(int)refused.StatusCode}).", $"Check {setting}:From and {setting}:To, and what the server lets this user send.", refused);
        }
        catch (Exception failure) when (failure is SocketException or IOException or TimeoutException or ProtocolException or SslHandshakeException or ServiceNotConnectedException or NotSupportedException)
        {
            throw new NotifyException($"The mail server cannot be used ({failure.GetType().Name}).", $"Check {setting}:Host, Port and Tls, and the way out of this network.", failure);
        }
        await LeaveAsync(client, cancellationToken);
    }

    /// <summary>The letter is taken; how the talk ends does not matter.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception ended) when (ended is IOException or SocketException or ProtocolException)
        {
        }
    }

    private static SecureSocketOptions Security(SmtpTls tls) => tls switch
    {
        SmtpTls.Tls => SecureSocketOptions.SslOnConnect,
        SmtpTls.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
