using System.Collections.Immutable;
using HotPathGen.Generator.Models;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Analysis;

/// <summary>A place where a pooled buffer leaves its call.</summary>
internal readonly record struct Escape(Location Place, string Parameter, string Text);

/// <summary>
/// Finds the places where a core lets a pooled buffer, or a view of it, leave the call in ways that the compiler allows. It follows locals, views and
/// wrappers of the base library. It does not know what a called method does with a buffer.
/// </summary>
internal sealed class Escapes : OperationWalker
{
    private static readonly HashSet<string> s_wrappers =
    [
        "Memory",
        "ReadOnlyMemory",
        "Span",
        "ReadOnlySpan",
        "ArraySegment",
        "ReadOnlySequence",
        "MemoryStream",
        "ValueTuple",
    ];

    private static readonly HashSet<string> s_starters =
    [
        "Run",
        "StartNew",
        "QueueUserWorkItem",
        "UnsafeQueueUserWorkItem",
        "ContinueWith",
        "Register",
        "UnsafeRegister",
    ];

    private readonly Dictionary<ISymbol, string> _held;
    private readonly List<Escape> _found = [];
    private readonly HashSet<IOperation> _awaited = [];

    private Escapes(Dictionary<ISymbol, string> held) => _held = held;

    public static IReadOnlyList<Escape> Of(IOperation body, IReadOnlyList<PooledRequest> requests, CancellationToken cancellation)
    {
        // A scoped span cannot leave the call, and no list can.
        var held = requests
            .Where(request => request.Kind is not (PooledKind.Span or PooledKind.List))
            .ToDictionary(request => (ISymbol)request.Parameter, request => request.Parameter.Name, SymbolEqualityComparer.Default);
        if (held.Count == 0)
        {
            return [];
        }

        var escapes = new Escapes(held);
        // This finds the locals that hold a buffer, and the locals that those are assigned to.
        int before;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            before = held.Count;
            foreach (var operation in body.Descendants())
            {
                escapes.Follow(operation);
            }
        } while (held.Count != before);

        escapes.Visit(body);
        return escapes._found;
    }

    private void Follow(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation { Symbol: { } local } declarator when Holds(declarator.GetVariableInitializer()?.Value) is { } name:
                Add(local, name);
                break;
            case ILocalFunctionOperation { Symbol: { } function } when Captures(operation) is { } name:
                Add(function, name);
                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Value: var value } when Holds(value) is { } name:
                Add(target.Local, name);
                break;
        }

        void Add(ISymbol local, string name)
        {
            if (!_held.ContainsKey(local))
            {
                _held.Add(local, name);
            }
        }
    }

    /// <summary>The parameter whose buffer a value is, or whose buffer it shows; null for any other value.</summary>
    private string? Holds(IOperation? value) =>
        value switch
        {
            IParameterReferenceOperation { Parameter: var parameter } => Known(parameter),
            ILocalReferenceOperation { Local: var local } => Known(local),
            IConversionOperation conversion => Holds(conversion.Operand),
            IParenthesizedOperation parenthesized => Holds(parenthesized.Operand),
            IConditionalOperation conditional => Holds(conditional.WhenTrue) ?? Holds(conditional.WhenFalse),
            ICoalesceOperation coalesce => Holds(coalesce.Value) ?? Holds(coalesce.WhenNull),
            ISwitchExpressionOperation choice => choice.Arms.Select(arm => Holds(arm.Value)).FirstOrDefault(name => name is not null),
            ITupleOperation tuple => tuple.Elements.Select(Holds).FirstOrDefault(name => name is not null),
            IAnonymousObjectCreationOperation anonymous => anonymous
                .Initializers.Select(part => Holds((part as ISimpleAssignmentOperation)?.Value))
                .FirstOrDefault(name => name is not null),
            IArrayCreationOperation { Initializer: { } initializer } => initializer
                .ElementValues.Select(Holds)
                .FirstOrDefault(name => name is not null),
            ICollectionExpressionOperation collection => collection.Elements.Select(Holds).FirstOrDefault(name => name is not null),
            IObjectCreationOperation { Type: { } type } creation when s_wrappers.Contains(type.Name) => creation
                .Arguments.Select(argument => Holds(argument.Value))
                .FirstOrDefault(name => name is not null),
            IObjectCreationOperation { Initializer: { } initializer } => initializer
                .Initializers.Select(part => Holds((part as ISimpleAssignmentOperation)?.Value))
                .FirstOrDefault(name => name is not null),
            // A range of an array is a copy of the array's elements.
            IPropertyReferenceOperation { Property.Name: "Span" or "Array", Instance: { } instance } => Holds(instance),
            IInvocationOperation { TargetMethod.Name: "Slice", Instance: { } instance } => Holds(instance),
            IInvocationOperation { TargetMethod.Name: "AsSpan" or "AsMemory" } call => Holds(call.Instance ?? call.Arguments.FirstOrDefault()?.Value),
            IDelegateCreationOperation { Target: { } target } => Holds(target),
            IAnonymousFunctionOperation function => Captures(function),
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } => Known(function),
            IMethodReferenceOperation { Instance: { } instance } => Holds(instance),
            _ => null,
        };

    private string? Captures(IOperation function) =>
        function
            .Descendants()
            .Select(operation =>
                operation switch
                {
                    IParameterReferenceOperation reference => Known(reference.Parameter),
                    ILocalReferenceOperation reference => Known(reference.Local),
                    _ => null,
                }
            )
            .FirstOrDefault(name => name is not null);

    private string? Known(ISymbol symbol) => _held.TryGetValue(symbol, out string? name) ? name : null;

    private static bool IsLambda(IOperation value) =>
        value switch
        {
            IConversionOperation conversion => IsLambda(conversion.Operand),
            IDelegateCreationOperation or IAnonymousFunctionOperation => true,
            _ => false,
        };

    private void Report(IOperation value, string name, string text) =>
        _found.Add(new(value.Syntax.GetLocation(), name, IsLambda(value) ? text.Replace("it is", "a lambda that uses it is") : text));

    public override void VisitReturn(IReturnOperation operation)
    {
        // What a lambda returns goes to its caller, which is the core.
        if (Holds(operation.ReturnedValue) is { } name && !LocalFunctions.Hold(operation))
        {
            Report(
                operation.ReturnedValue!,
                name,
                operation.Kind == OperationKind.YieldReturn ? "it is handed to whoever enumerates" : "it is returned"
            );
        }

        base.VisitReturn(operation);
    }

    public override void VisitSimpleAssignment(ISimpleAssignmentOperation operation)
    {
        if (Holds(operation.Value) is { } name && Outlives(operation.Target) is { } where)
        {
            Report(operation.Value, name, $"it is kept in {where}");
        }

        base.VisitSimpleAssignment(operation);
    }

    public override void VisitCoalesceAssignment(ICoalesceAssignmentOperation operation)
    {
        if (Holds(operation.Value) is { } name && Outlives(operation.Target) is { } where)
        {
            Report(operation.Value, name, $"it is kept in {where}");
        }

        base.VisitCoalesceAssignment(operation);
    }

    /// <summary>
    /// Where a target lives on after the call has ended, in words; null if it does not. A value that is set while an object is made goes where the
    /// object goes.
    /// </summary>
    private static string? Outlives(IOperation target) =>
        target switch
        {
            IFieldReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } => null,
            IPropertyReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } => null,
            IFieldReferenceOperation field => $"field '{field.Field.Name}'",
            IPropertyReferenceOperation property => $"property '{property.Property.Name}'",
            IArrayElementReferenceOperation => "an array",
            IParameterReferenceOperation { Parameter: { RefKind: RefKind.Ref or RefKind.Out } parameter } => $"parameter '{parameter.Name}'",
            _ => null,
        };

    public override void VisitEventAssignment(IEventAssignmentOperation operation)
    {
        if (operation.Adds && Holds(operation.HandlerValue) is { } name)
        {
            Report(operation.HandlerValue, name, "it is kept in an event");
        }

        base.VisitEventAssignment(operation);
    }

    public override void VisitAwait(IAwaitOperation operation)
    {
        // An awaited operation ends before the call does.
        var awaited = operation.Operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task }
            ? task
            : operation.Operation;
        _awaited.Add(awaited);
        base.VisitAwait(operation);
    }

    public override void VisitInvocation(IInvocationOperation operation)
    {
        if (s_starters.Contains(operation.TargetMethod.Name) && IsThreading(operation.TargetMethod) && !_awaited.Contains(operation))
        {
            ReportStarted(operation.Arguments);
        }

        base.VisitInvocation(operation);
    }

    public override void VisitObjectCreation(IObjectCreationOperation operation)
    {
        if (operation.Type is { Name: "Thread" or "Timer" } && operation.Constructor is { } constructor && IsThreading(constructor))
        {
            ReportStarted(operation.Arguments);
        }

        base.VisitObjectCreation(operation);
    }

    private void ReportStarted(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (IsLambda(argument.Value) && Holds(argument.Value) is { } name)
            {
                Report(argument.Value, name, "it is run by another thread");
            }
        }
    }

    private static bool IsThreading(IMethodSymbol method) =>
        method.ContainingNamespace?.ToDisplayString() is "System.Threading" or "System.Threading.Tasks" or "System.Timers";
}
