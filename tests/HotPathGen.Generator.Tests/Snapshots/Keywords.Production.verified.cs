//// /src/Sample.cs
namespace @event.@namespace;
public class @class<@in> { [Instrument] public @in @return<@out>(@in @this, ref @out @value, int @record) where @out : struct => @this; }

