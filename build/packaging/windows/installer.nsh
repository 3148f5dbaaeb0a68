# What our NSIS installers add to electron-builder's. The names come from the file that includes this one, which
# installer-script.ts writes. Run under Wine with electron-builder's own script by `npm run test:windows`.
# Sources: electron-builder, "NSIS", custom scripts; Microsoft, "Registering an Application to a URI Scheme",
# "MsiEnumRelatedProducts", "Error Codes" (1638: another version of this product is installed already).

!define /ifndef QUIT_LIMIT_SECONDS 15
!define IN_USE_EXIT_CODE 2
!define OTHER_KIND_EXIT_CODE 1638

# With /S nobody is asked: the code alone says what has happened.
!macro endWith EXIT_CODE TEXT
  MessageBox MB_OK|MB_ICONEXCLAMATION "${TEXT}" /SD IDOK
  SetErrorLevel ${EXIT_CODE}
  Quit
!macroend

# The MSI and this installer would each remove files of the other.
!macro customInit
  Push $0
  Push $1
  System::Call 'msi::MsiEnumRelatedProductsW(w "{${MSI_UPGRADE_CODE}}", i 0, i 0, w .r1) i .r0'
  ${if} $0 == 0
    !insertmacro endWith ${OTHER_KIND_EXIT_CODE} "${PRODUCT_NAME} is installed by its MSI package. Remove that first."
  ${endIf}
  Pop $1
  Pop $0
!macroend

# A program that runs cannot be opened to write: in any session, of any user, and of this folder alone.
!macro isRunning RESULT
  StrCpy ${RESULT} 0
  ${if} ${FileExists} "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
    ClearErrors
    FileOpen $R9 "$INSTDIR\${APP_EXECUTABLE_FILENAME}" a
    ${if} ${Errors}
      StrCpy ${RESULT} 1
    ${else}
      FileClose $R9
    ${endIf}
  ${endIf}
  ClearErrors
!macroend

# Every viewer of this folder is asked to quit: it signs its user out and ends (electron/main/quit-request.ts). None is ended
# by force, and where one goes on, nothing is changed.
!macro customCheckAppRunning
  Push $0
  Push $1
  Push $R9
  !insertmacro isRunning $0
  ${if} $0 == 1
    FileOpen $R9 "$INSTDIR\${QUIT_REQUEST}" w
    FileClose $R9
    StrCpy $1 0
    ${do}
      Sleep 250
      IntOp $1 $1 + 250
      !insertmacro isRunning $0
      ${if} $0 == 0
      ${orIf} $1 >= ${QUIT_LIMIT_SECONDS}000
        ${exitDo}
      ${endIf}
    ${loop}
    Delete "$INSTDIR\${QUIT_REQUEST}"
    ${if} $0 == 1
      !insertmacro endWith ${IN_USE_EXIT_CODE} "${PRODUCT_NAME} is open and did not close. Nothing was changed."
    ${endIf}
  ${endIf}
  Pop $R9
  Pop $1
  Pop $0
!macroend

# The old version could not be removed, because another program holds one of its files: its uninstaller has put all back.
!macro customUnInstallCheck
  ${if} $R0 != 0
    !insertmacro endWith ${IN_USE_EXIT_CODE} "${PRODUCT_NAME} is in use by another program. Nothing was changed."
  ${endIf}
!macroend

!ifdef LINK_SCHEME_KEY
# Both in quotes: a link must not be taken for two arguments, nor the folder for a program called C:\Program.
!define LINK_COMMAND '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!endif

!macro customInstall
  !ifdef LINK_SCHEME_KEY
    WriteRegStr HKLM "${LINK_SCHEME_KEY}" "" "URL:${PRODUCT_NAME} link"
    WriteRegStr HKLM "${LINK_SCHEME_KEY}" "URL Protocol" ""
    WriteRegStr HKLM "${LINK_SCHEME_KEY}\DefaultIcon" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}",0'
    WriteRegStr HKLM "${LINK_SCHEME_KEY}\shell\open\command" "" '${LINK_COMMAND}'
  !endif
  # electron-builder keeps a copy of the installer for updates that install themselves, in the profile of the user who installs.
  !ifdef APP_INSTALLER_STORE_FILE
    Push $0
    SetShellVarContext current
    Delete "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}"
    ${GetParent} "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}" $0
    RMDir "$0"
    SetShellVarContext all
    Pop $0
  !endif
!macroend

!macro customUnInstall
  !ifdef LINK_SCHEME_KEY
    # Not at an update, which may still fail. And only where it leads here: another package may have taken it over.
    ${ifNot} ${isUpdated}
      Push $0
      ReadRegStr $0 HKLM "${LINK_SCHEME_KEY}\shell\open\command" ""
      ${if} $0 == '${LINK_COMMAND}'
        DeleteRegKey HKLM "${LINK_SCHEME_KEY}"
      ${endIf}
      Pop $0
    ${endIf}
  !endif
!macroend
