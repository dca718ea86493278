using System.Collections.Concurrent;
using System.Reflection;

namespace CrmSync.Chaos.Rigging;

/// <summary>
/// Stands before an interface of the product and lets a rig look at every call: before it goes in, and after what it
/// promised is done. Absent in production: nothing there knows of it.
/// </summary>
public class Tap : DispatchProxy
{
    private static readonly ConcurrentDictionary<Type, MethodInfo> Waiters = new();
    private static readonly MethodInfo WaitFor = typeof(Tap).GetMethods(BindingFlags.NonPublic | BindingFlags.Static).Single(m => m.Name == nameof(ThenAsync));

    private object _inner = null!;
    private Action<string> _pass = null!;

    /// <param name="inner">Whose calls are looked at.</param>
    /// <param name="pass">Gets <c>RecordAsync before</c> and <c>RecordAsync after</c>; may throw.</param>
    public static T Of<T>(T inner, Action<string> pass) where T : class
    {
        var proxy = Create<T, Tap>();
        var tap = (Tap)(object)proxy;
        (tap._inner, tap._pass) = (inner, pass);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!;
        if (!typeof(Task).IsAssignableFrom(method.ReturnType))
            return Call(method, args);
        _pass(method.Name + " before");
        var running = (Task)Call(method, args)!;
        return method.ReturnType == typeof(Task)
            ? ThenAsync(running, method.Name)
            : Waiters.GetOrAdd(method.ReturnType.GetGenericArguments()[0], type => WaitFor.MakeGenericMethod(type)).Invoke(null, [running, this, method.Name]);
    }

    private object? Call(MethodInfo method, object?[]? args)
    {
        try
        {
            return method.Invoke(_inner, args);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private async Task ThenAsync(Task running, string name)
    {
        await running;
        _pass(name + " after");
    }

    private static async Task<T> ThenAsync<T>(Task<T> running, Tap tap, string name)
    {
        var result = await running;
        tap._pass(name + " after");
        return result;
    }
}
