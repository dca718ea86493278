using System.Reflection;

namespace CrmSync.Chaos.Rigging;

/// <summary>Stands before an interface of the product and does one call otherwise: how a bug is planted without touching the product.</summary>
public class Twist : DispatchProxy
{
    private object _inner = null!;
    private IReadOnlyDictionary<string, Func<object?[], Func<object?[], object?>, object?>> _calls = null!;

    /// <param name="calls">By the method's name: gets the arguments and the true call, and answers what the method answers.</param>
    public static T Of<T>(T inner, params (string Method, Func<object?[], Func<object?[], object?>, object?> Call)[] calls) where T : class
    {
        var proxy = Create<T, Twist>();
        var twist = (Twist)(object)proxy;
        (twist._inner, twist._calls) = (inner, calls.ToDictionary(c => c.Method, c => c.Call, StringComparer.Ordinal));
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        object? Call(object?[] arguments)
        {
            try
            {
                return targetMethod!.Invoke(_inner, arguments);
            }
            catch (TargetInvocationException failure) when (failure.InnerException is { } inner)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
                throw;
            }
        }
        return _calls.TryGetValue(targetMethod!.Name, out var twisted) ? twisted(args ?? [], Call) : Call(args ?? []);
    }
}
