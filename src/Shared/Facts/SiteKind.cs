namespace HotPathGen.Shared;

/// <summary>What allocates at a site. <see cref="Words"/> has the text of each.</summary>
internal enum SiteKind
{
    Object,
    Array,
    CollectionExpression,
    Boxing,
    Delegate,
    Closure,
    Concatenation,
    Interpolation,
    ParamsArray,
    StateMachine,
    Enumerator,
    With,
    AnonymousObject,
    Growth,
    Linq,
    Reflection,
    Call,
    Exception,
}
