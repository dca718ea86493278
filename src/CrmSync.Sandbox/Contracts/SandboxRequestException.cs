namespace CrmSync.Sandbox.Contracts;

/// <summary>Refused control call; the message says what to send instead.</summary>
public sealed class SandboxRequestException : Exception
{
    public SandboxRequestException(string message) : base(message)
    {
    }

    public SandboxRequestException()
    {
    }

    public SandboxRequestException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
