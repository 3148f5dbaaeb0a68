# Stands in for the plug-in UAC: everybody is an administrator in Wine.
!ifndef STAND_IN_UAC
!define STAND_IN_UAC
!include LogicLib.nsh

!macro _UAC_IsAdmin _a _b _t _f
  # As the call of any plug-in does.
  InitPluginsDir
  StrCmp $EXEPATH "" `${_f}` `${_t}`
!macroend
!define UAC_IsAdmin `"" UAC_IsAdmin ""`

!macro _UAC_IsInnerInstance _a _b _t _f
  StrCmp $EXEPATH "" `${_t}` `${_f}`
!macroend
!define UAC_IsInnerInstance `"" UAC_IsInnerInstance ""`

!macro UAC_RunElevated
!macroend
!endif
