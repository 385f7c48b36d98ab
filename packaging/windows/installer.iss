; The installer for Windows, made by Inno Setup 6 from what packaging/build.py left behind:
;
;   iscc /DVersion=0.1.0 packaging\windows\installer.iss
;
; It installs for one person, without an administrator. What the program needs of Visual C++ comes with it, in its folder.

#ifndef Version
  #error Name the version: /DVersion=0.1.0
#endif
#define Name "GLM-OCR Desktop"
#define ProgId "GLMOCRDesktop.Document"
#define Root SourcePath + "\..\.."

[Setup]
AppId={{B6C1B8E0-6C0B-4E67-9B66-2B3F6C5D4A11}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Name} contributors
VersionInfoTextVersion={#Version}
DefaultDirName={localappdata}\Programs\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir={#Root}\dist
OutputBaseFilename=glmocr-desktop-{#Version}-windows-x64
SetupIconFile={#Root}\build\icons\glmocr-desktop.ico
UninstallDisplayIcon={app}\{#Name}.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes
ShowLanguageDialog=auto

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
; What a person sees on the usual way is in Chinese; the rest is as in the first file.
Name: "zh"; MessagesFile: "compiler:Default.isl,chinese.isl"

[CustomMessages]
en.OpenWith=Offer {#Name} for images and PDFs under "Open with"
zh.OpenWith=在图片和 PDF 的“打开方式”中列出 {#Name}
en.DesktopIcon=Put an icon on the desktop
zh.DesktopIcon=在桌面上创建图标
en.Start=Start {#Name}
zh.Start=启动 {#Name}
en.Document=Image or PDF
zh.Document=图片或 PDF
en.EraseData=Delete your settings and everything that you have read as well?%n%nChoose No to keep them for a later installation.
zh.EraseData=是否同时删除您的设置和所有识别记录？%n%n选择“否”将保留它们，供以后安装时使用。

[Tasks]
Name: "openwith"; Description: "{cm:OpenWith}"
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; Of an older version nothing may be left that the new one would load.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Root}\dist\{#Name}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "{#Root}\LICENSE"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{userprograms}\{#Name}"; Filename: "{app}\{#Name}.exe"
Name: "{userdesktop}\{#Name}"; Filename: "{app}\{#Name}.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Classes\{#ProgId}"; ValueType: string; ValueData: "{cm:Document}"; Flags: uninsdeletekey; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\{#ProgId}\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Name}.exe,0"; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\{#ProgId}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Name}.exe"" ""%1"""; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Applications\{#Name}.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Applications\{#Name}.exe\shell\open\command"; ValueType: string; ValueData: """{app}\{#Name}.exe"" ""%1"""; Tasks: openwith
; A kind of file keeps the program that a person has chosen for it: this one is only offered as well.
#define Suffixes ".pdf .png .jpg .jpeg .jpe .jfif .tif .tiff .webp .bmp .dib .gif .apng .heic .heif .hif .avif .jp2 .j2k .jpx .jpf .ppm .pgm .pbm .pnm .ico "
#define Left
#define Suffix
#sub Offer
Root: HKCU; Subkey: "Software\Classes\{#Suffix}\OpenWithProgids"; ValueType: none; ValueName: "{#ProgId}"; Flags: uninsdeletevalue uninsdeletekeyifempty; Tasks: openwith
Root: HKCU; Subkey: "Software\Classes\Applications\{#Name}.exe\SupportedTypes"; ValueType: string; ValueName: "{#Suffix}"; ValueData: ""; Tasks: openwith
#endsub
#for {Left = Suffixes; Pos(" ", Left) > 0; Left = Copy(Left, Pos(" ", Left) + 1)} \
  Suffix = Copy(Left, 1, Pos(" ", Left) - 1), Offer

[Run]
Filename: "{app}\{#Name}.exe"; Description: "{cm:Start}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Data: String;
begin
  Data := ExpandConstant('{localappdata}\glmocr-desktop');
  { Asked once, and never when nobody is there to answer. }
  if (Step = usPostUninstall) and DirExists(Data) and not UninstallSilent() then
    if MsgBox(CustomMessage('EraseData'), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(Data, True, True, True);
end;
