# Stands in for the plug-in StdUtils, which cannot be fetched: of it, what electron-builder's script takes.
!ifndef STAND_IN_STDUTILS
!define STAND_IN_STDUTILS
!include LogicLib.nsh
!include FileFunc.nsh

!macro _TestParameter RESULT NAME
  Push $0
  Push $1
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "--${NAME}" $1
  StrCpy ${RESULT} "true"
  IfErrors 0 +2
  StrCpy ${RESULT} "false"
  ClearErrors
  Pop $1
  Pop $0
!macroend
!define StdUtils.TestParameter '!insertmacro _TestParameter'

!macro _GetAllParameters RESULT TRUNCATE
  ${GetParameters} ${RESULT}
!macroend
!define StdUtils.GetAllParameters '!insertmacro _GetAllParameters'

!macro _GetParentPath RESULT FILE
  ${GetParent} "${FILE}" ${RESULT}
!macroend
!define StdUtils.GetParentPath '!insertmacro _GetParentPath'

!macro _ExecShellAsUser RESULT FILE VERB WORDS
  ExecShell "${VERB}" "${FILE}" "${WORDS}"
!macroend
!define StdUtils.ExecShellAsUser '!insertmacro _ExecShellAsUser'
!endif
