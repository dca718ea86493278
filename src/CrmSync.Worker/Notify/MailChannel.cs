using System.Net.Sockets;
using CrmSync.Worker.Configuration;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CrmSync.Worker.Notify;

/// <summary>Sends a plain letter, under a Message-Id that is the same at every try.</summary>
internal sealed class MailChannel(SmtpSettings settings) : INotifyChannel
{
    private const int TimeoutMilliseconds = 15_000;

    public string Name => "smtp";

    public async Task SendAsync(BreachMessage message, CancellationToken cancellationToken)
    {
        using var letter = Letter(message);
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
            throw new NotifyException("The mail server refused the user or the password.", "Check Notify:Smtp:User and Notify:Smtp:PasswordFile.", refused);
        }
        catch (SmtpCommandException refused)
        {
            throw new NotifyException($"The mail server refused the letter ({refused.ErrorCode}, {(int)refused.StatusCode}).", "Check Notify:Smtp:From and Notify:Smtp:To, and what the server lets this user send.", refused);
        }
        catch (Exception failure) when (failure is SocketException or IOException or TimeoutException or ProtocolException or SslHandshakeException or ServiceNotConnectedException or NotSupportedException)
        {
            throw new NotifyException($"The mail server cannot be used ({failure.GetType().Name}).", "Check Notify:Smtp:Host, Port and Tls, and the way out of this network.", failure);
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

    private MimeMessage Letter(BreachMessage message)
    {
        var letter = new MimeMessage { Subject = message.Title, Body = new TextPart("plain") { Text = message.Text } };
        var from = MailboxAddress.Parse(settings.From);
        letter.MessageId = MailboxAddress.EncodeAddrspec($"{message.Id}@{from.Domain}");
        letter.From.Add(from);
        letter.To.AddRange(settings.To.Select(MailboxAddress.Parse));
        return letter;
    }

    private static SecureSocketOptions Security(SmtpTls tls) => tls switch
    {
        SmtpTls.Tls => SecureSocketOptions.SslOnConnect,
        SmtpTls.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
