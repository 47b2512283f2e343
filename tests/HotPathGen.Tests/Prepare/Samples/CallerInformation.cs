using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

internal sealed class Model : INotifyPropertyChanged
{
    private readonly List<string> _changes = [];
    private int _age;

    public event PropertyChangedEventHandler? PropertyChanged;

    public int Age { get { return _age; } set { _age = value; Changed(); } }

    public int Arrow { get => _age + Log.Take(this).Length; set => Changed(); }

    public int Get => Where(out _).Length;

    private void Changed([CallerMemberName] string? name = null) { _changes.Add(name!); PropertyChanged?.Invoke(this, new(name)); }

    private static string Where(out int line, [CallerMemberName] string? name = null, [CallerFilePath] string? path = null, [CallerLineNumber] int at = 0) { line = at; return $"{name}@{Path.GetFileName(path)}:{at}"; }

    public Model() { Changed(); _changes.Add(Where(out _)); }

    public string Direct() { return Where(out _); }

    public string Arrowed() => Where(
        out _);

    public string Generic<T>() => Log.Take<T>(default!);

    public string This() { return this.Self().Take2(); }

    public string Conditional() { return _changes?.Note() ?? ""; }

    public string Constructed() { return new Named().Name; }

    public string TargetTyped() { Named named = new(); return named.Name; }

    public string Lambda() { return new Func<string>(() => Where(out _))(); }

    public string Local()
    {
        return Inner();
        string Inner() { return Where(out _); }
    }

    public static string operator +(Model a, Model b) { return Where(out _); }

    public string this[int n] { get { return Where(out _); } }

    ~Model() { _changes.Add(Where(out _)); }

    public string Lined()
    {
#line 500 "Other.cs"
        string a = Where(out _);
#line default
        string b = Where(out _);
#line hidden
        string c = Where(out _);
#line 7
        string d = Where(out _);
#line default
        return a + b + c + d + Where(out _);
    }

    public string Argument(int n, [CallerArgumentExpression(nameof(n))] string? text = null) { return text!; }

    public string Changes() { return string.Join(',', _changes); }

    private Model Self() { return this; }

    private string Take2([CallerMemberName] string name = "") { return name; }
}

internal sealed class Named([CallerMemberName] string name = "", [CallerLineNumber] int line = 0) { public string Name { get; } = $"{name}:{line}"; }

internal static class Log
{
    public static string Take<T>(T value, [CallerMemberName] string name = "") { return name; }

    public static string Note(this List<string> list, [CallerMemberName] string name = "", [CallerLineNumber] int line = 0) { return $"{name}:{line}"; }
}

internal static class Sample
{
    public static string Run()
    {
        var model = new Model { Age = 3, Arrow = 4 };
        return string.Join(' ', model.Arrow, model.Get, model.Direct(), model.Arrowed(), model.Generic<int>(), model.This(), model.Conditional(), model.Constructed(), model.TargetTyped(), model.Lambda(), model.Local(), model + model, model[1], model.Lined(), model.Argument(1 + 2), model.Changes());
    }
}
